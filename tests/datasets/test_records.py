"""Writing one record: what follows from it, what is written of it, and what is not."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Activity
from datasets.ckan.records import dataset_content
from datasets.completeness import checked
from datasets.errors import AlreadyPublic
from datasets.incoming import Related
from datasets.models import Dataset, Resource, Version
from datasets.services.computed import content_hash, metadata_hash, openness
from datasets.services.records import Change, save_dataset
from datasets.services.revisions import Edit, revise, save
from opengov.search.models import OutboxEntry
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory
from tests.factories.gates import people_of, released, released_dataset

pytestmark = pytest.mark.django_db
SQUARE = {"type": "Polygon", "coordinates": [[[-80, 43], [-79, 43], [-79, 44], [-80, 44], [-80, 43]]]}


@pytest.fixture(autouse=True)
def _index_later(monkeypatch):
    monkeypatch.setattr("opengov.jobs.enqueue", lambda *args, **options: None)
    monkeypatch.setattr("opengov.search.outbox.enqueue", lambda *args, **options: None)


@pytest.fixture
def actor():
    return UserFactory()


def write(dataset, actor, **change):
    return save_dataset(dataset=dataset, actor=actor, now=timezone.now(), change=Change(**change))


def draft(**columns):
    return DatasetFactory.build(owner_org=OrganizationFactory(), **columns)


def test_a_new_record_is_a_draft_with_all_that_follows_from_it(actor):
    dataset = draft(spatial=SQUARE, state="published", approved_at_source="forged", popularity=9)
    resource = ResourceFactory.build(dataset=dataset, format="XLSX")

    write(dataset, actor, resources=[resource])

    dataset.refresh_from_db()
    assert (dataset.state, dataset.approved_at_source, dataset.popularity) == ("draft", "", 0)
    assert (dataset.west, dataset.south, dataset.east, dataset.north) == (-80, 43, -79, 44)
    assert (dataset.version, dataset.openness) == (1, 2)
    assert dataset.metadata_hash == metadata_hash(dataset_content(vars(dataset)))
    assert dataset.content_hash == content_hash(dataset.metadata_hash, {resource.pk: resource.metadata_hash})
    assert sorted(Version.objects.values_list("number", "resource_id", "is_public"), key=str) == sorted(
        [(1, None, False), (1, resource.pk, False)], key=str
    )
    assert Activity.objects.get().verb == "dataset.create"
    assert not OutboxEntry.objects.exists()


def test_an_unchanged_record_writes_nothing(actor):
    dataset = write(draft(), actor, resources=[])
    before = Dataset.objects.values().get()
    OutboxEntry.objects.all().delete()

    write(Dataset.objects.get(), actor)

    assert Dataset.objects.values().get() == before
    assert (dataset.versions.count(), Activity.objects.count(), OutboxEntry.objects.count()) == (1, 1, 0)


def test_a_change_writes_a_version_of_each_object_touched_and_of_no_other(actor):
    dataset = write(draft(), actor, resources=ResourceFactory.build_batch(3))
    first, second, third = dataset.resources.all()
    first.name_en = "Renamed"

    write(dataset, actor, resources=[first, second], removed=[third])

    assert dataset.version == 2
    assert sorted(Version.objects.filter(number=2).values_list("resource_id", flat=True)) == sorted([first.pk, third.pk])
    assert Version.objects.get(number=2, resource_id=third.pk).data is None
    assert Version.objects.get(number=2, resource_id=first.pk).data["name_translated"]["en"] == "Renamed"
    assert dataset.resources.count() == 2


def test_the_state_of_a_record_is_not_a_forms_to_write(actor):
    dataset = write(draft(), actor)
    forged = Dataset.objects.get()
    forged.title_en, forged.state, forged.approved_hash = "Corrected", "published", forged.content_hash

    write(forged, actor)

    dataset.refresh_from_db()
    assert (dataset.state, dataset.title_en, dataset.approved_hash) == ("draft", "Corrected", "")


def test_what_is_public_is_not_written_here(actor):
    dataset = released_dataset()
    stale = Dataset.objects.get()
    stale.title_en, stale.state = "Corrected", "draft"

    with pytest.raises(AlreadyPublic):
        write(stale, actor)
    assert Dataset.objects.get().title_en == dataset.title_en


def test_a_public_record_cannot_be_changed_behind_its_approval(actor):
    dataset = released_dataset()

    for hash_ in ("another", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dataset.objects.filter(pk=dataset.pk).update(content_hash=hash_, approved_hash="" if hash_ == "" else "of before")


def test_the_publishers_title_is_frozen_at_the_first_publication():
    people = people_of(OrganizationFactory())
    dataset = released_dataset(people)
    then = dataset.owner_org.title_fr
    dataset.owner_org.title_fr = "Ministère renommé"
    dataset.owner_org.save()

    row = Dataset.objects.get()
    row.org_title_at_publication_fr, row.title_en = "Rewritten", "Other"
    revision = revise(dataset=row, actor=people["editor"], now=timezone.now())
    released(save(revision=revision, number=0, edit=Edit(dataset=row), actor=people["editor"], now=timezone.now()), people)

    assert Dataset.objects.get().title_en == "Other"
    assert Dataset.objects.get().org_title_at_publication_fr == then


@pytest.mark.parametrize(
    ("columns", "field"),
    [({"subject": ["nonsense"]}, "subject"), ({"frequency": "P9X"}, "frequency"), ({"title_en": "x" * 1001}, "title_en")],
)
def test_what_does_not_fit_is_refused(actor, columns, field):
    with pytest.raises(ValidationError) as refusal:
        write(draft(**columns), actor)

    assert list(refusal.value.message_dict) == [field]
    assert not Dataset.objects.exists()


def test_texts_are_kept_without_what_nobody_sees(actor):
    resource = ResourceFactory.build(name_en="He\u202eights\n", filename="a\u2066.csv")

    dataset = write(
        draft(title_en="\u200b", title_fr="Marées\nde\x07 Fundy", notes_en="a\r\nb\u200b", keywords_en=["\u200b", "sea"]),
        actor,
        resources=[resource],
    )

    dataset.refresh_from_db()
    assert (dataset.title_en, dataset.title_fr, dataset.notes_en) == ("", "Marées de Fundy", "a\nb")
    assert dataset.keywords_en == ["sea"]
    assert (dataset.resources.get().name_en, dataset.resources.get().filename) == ("Heights", "a.csv")


def test_what_came_by_import_with_nothing_to_be_seen_is_lacking():
    lacking = {each.field for each in checked(draft(title_en="\u200b\u00a0", keywords_fr=["\u2060"]), []) if not each.is_there}

    assert {"title_en", "keywords_fr"} <= lacking
    assert "title_fr" not in lacking


def test_a_name_that_is_taken_is_refused(actor):
    write(draft(name="taken"), actor)

    with pytest.raises(ValidationError, match="already exists"):
        write(draft(name="taken"), actor)


def test_a_resource_of_another_dataset_cannot_be_taken(actor):
    mine, other = write(draft(), actor), write(draft(), actor, resources=ResourceFactory.build_batch(1))

    with pytest.raises(ValueError, match="another dataset"):
        write(mine, actor, resources=[other.resources.get()])


def test_relationships_are_part_of_the_record(actor):
    old, new = write(draft(), actor), write(draft(), actor)

    write(new, actor, relationships=[Related("supersedes", "dataset", target=old.pk)])
    write(new, actor)

    assert new.relationships.get().target == old
    assert (new.version, new.versions.count()) == (2, 2)
    assert str(old.pk) in new.versions.get(number=2).data["relationship"][0]["related_url"]["en"]


@pytest.mark.parametrize("count", [1, 300])
def test_an_edit_of_one_resource_asks_the_same_queries_however_many_there_are(actor, count):
    dataset = write(draft(), actor, resources=ResourceFactory.build_batch(count))
    resource = Resource.objects.select_related("dataset__owner_org").first()
    resource.description_en = "Mended."

    with CaptureQueriesContext(connection) as queries:
        write(resource.dataset, actor, resources=[resource])

    assert len(queries) == 12
    assert dataset.versions.filter(number=2).count() == 1


def test_openness_is_the_best_of_formats_and_declarations():
    assert openness([]) == 1
    assert openness([("PDF", []), ("XLSX", [])]) == 2
    assert openness([("CSV", []), ("PDF", [])]) == 3
    assert openness([("CSV", ["data_includes_uris"])]) == 4
    assert openness([("TTL", []), ("CSV", ["data_includes_links"])]) == 5
    assert openness([("no such format", [])]) == 1
