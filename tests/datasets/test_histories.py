"""The history of records and files: who reads what of it, and how an earlier version is taken back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.activity import of
from datasets.errors import AsItWas, Incomplete, OnItsWay
from datasets.incoming import Related
from datasets.models import Dataset, Resource, Revision, RevisionItem, Version
from datasets.selectors.working_copies import working_copy
from datasets.services import gates, revisions
from datasets.services.reverts import take_back
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory
from tests.factories.gates import begun, people_of, released, signed, submitted

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def people():
    return people_of(OrganizationFactory())


@pytest.fixture
def revision(people):
    return begun(people, resources=2, title_en="Tides of Fundy", title_fr="Marées de Fundy")


def edited(revision, people, *, resources=(), removed=(), note="", **columns):
    copy = working_copy(revision)
    for name, value in columns.items():
        setattr(copy.dataset, name, value)
    edit = revisions.Edit(copy.dataset if columns else None, resources, removed, None, note)
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=NOW)


def changed_in_public(dataset, people, **changes):
    """The public record after a change that passed all gates."""
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=NOW)
    return released(edited(revision, people, **changes), people)


def reverted(dataset, people, number, **options):
    return take_back(dataset=dataset, number=number, actor=people["editor"], now=timezone.now(), **options)


def url(name, *args):
    return reverse(f"datasets:{name}", args=args)


def filed(digest, **columns):
    return {
        "sha256": digest * 64,
        "file": f"resources/{digest * 2}/{digest * 64}",
        "filename": f"{digest}.csv",
        "size": 3,
    } | columns


def test_a_draft_goes_back_to_what_it_was_with_all_its_resources(people, revision):
    first, second = revision.dataset.resources.all()
    before = working_copy(revision).dataset.content_hash
    revision = edited(revision, people, title_en="Tides", keywords_fr=["eau"])
    new = ResourceFactory.build(position=9)
    first.name_en = "Renamed"
    edited(revision, people, resources=[first, new], removed=[second.pk])

    revision = reverted(revision.dataset, people, 1)

    dataset = Dataset.objects.get()
    assert (dataset.title_en, dataset.keywords_fr) == ("Tides of Fundy", ["logement"])
    assert [row.pk for row in dataset.resources.all()] == [first.pk, second.pk]
    assert dataset.content_hash == revision.content_hash == before, "the same in every word"
    assert next(row.note for row in of(dataset) if row.verb == "dataset.update") == "Version 1 taken back."


def test_a_public_record_goes_back_through_the_gates(people, revision):
    dataset = released(revision, people).dataset
    first, second = dataset.resources.all()
    first.name_en = "Renamed"
    changed_in_public(dataset, people, title_en="Tides", resources=[first], removed=[second.pk])

    revision = reverted(dataset, people, 1)

    assert (revision.state, Dataset.objects.get().title_en, Resource.objects.count()) == ("editing", "Tides", 1)
    assert RevisionItem.objects.filter(revision=revision).count() == 3
    assert list(revision.writers.all()) == [people["editor"]]
    released(revision, people)
    dataset = Dataset.objects.get()
    assert dataset.title_en == "Tides of Fundy"
    assert {row.pk: row.name_en for row in dataset.resources.all()}[second.pk] == second.name_en
    assert dataset.approved_hash == dataset.content_hash


def test_address_and_department_do_not_go_back(people, revision):
    name = revision.dataset.name
    revision = edited(revision, people, name="tides", title_en="Tides")

    reverted(revision.dataset, people, 1)

    dataset = Dataset.objects.get()
    assert (dataset.name, dataset.title_en) == ("tides", "Tides of Fundy")
    assert name != "tides"


def test_relationships_go_back_too(people, revision):
    related = [Related(kind="supersedes", related_type="other", url="https://example.org/old")]
    copy = working_copy(revision)
    edit = revisions.Edit(dataset=copy.dataset, relationships=related)
    revision = revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=NOW)

    reverted(revision.dataset, people, 1)
    assert not revision.dataset.relationships.exists()
    reverted(revision.dataset, people, 2)
    assert revision.dataset.relationships.get().url == "https://example.org/old"


def test_one_resource_goes_back_alone(people, revision):
    dataset = released(revision, people).dataset
    first, second = dataset.resources.all()
    for name, value in filed("a").items():
        setattr(first, name, value)
    changed_in_public(dataset, people, title_en="Tides", resources=[first], note="The stations of 2026.")
    second.name_en = "Other"
    changed_in_public(dataset, people, resources=[second])

    revision = reverted(dataset, people, 1, resource=first.pk)

    (item,) = revision.items.all()
    assert (item.resource_id, item.data.get("hash"), item.data["url"]) == (first.pk, None, first.url)
    released(revision, people)
    assert Dataset.objects.get().title_en == "Tides"
    assert Resource.objects.get(pk=second.pk).name_en == "Other"
    assert not Resource.objects.get(pk=first.pk).file
    third = reverted(dataset, people, 2, resource=first.pk)
    assert third.items.get().data["hash"] == "a" * 64


def test_nothing_to_take_back_leaves_no_revision_behind(people, revision):
    dataset = released(revision, people).dataset

    with pytest.raises(AsItWas):
        reverted(dataset, people, 1)
    assert not Revision.objects.open().exists()


@pytest.mark.parametrize("stage", [submitted, signed])
def test_what_is_on_its_way_is_taken_back_to_the_editor_first(client, people, revision, stage):
    edited(revision, people, title_en="Tides")
    revision = stage(Revision.objects.get(pk=revision.pk), people)

    with pytest.raises(OnItsWay):
        reverted(revision.dataset, people, 1)
    client.force_login(people["editor"])
    page = client.get(url("record-history", revision.dataset.name))
    assert "is on its way to the public" in page.content.decode()
    assert url("record-take-back", revision.dataset.name) not in page.content.decode()
    client.post(url("record-take-back", revision.dataset.name), {"number": 1})
    assert Dataset.objects.get().title_en == "Tides"
    gates.recall(revision=revision, actor=people["editor"], now=NOW)
    reverted(revision.dataset, people, 1)

    assert Dataset.objects.get().title_en == "Tides of Fundy"
    if stage is signed:
        assert revision.sign_offs.get().lapsed_because


def test_a_choice_that_is_no_more_is_left_out_and_owed_again(people, revision):
    version = Version.objects.get(resource_id=None)
    version.data |= {"subject": ["alchemy"]}
    version.save()
    edited(revision, people, title_en="Tides")

    revision = reverted(revision.dataset, people, 1)

    dataset = Dataset.objects.get()
    assert (dataset.title_en, dataset.subject, dataset.extras) == ("Tides of Fundy", [], {"subject": ["alchemy"]})
    with pytest.raises(Incomplete):
        submitted(revision, people)


def test_versions_are_taken_back_on_the_page_of_the_history(client, people, revision):
    edited(revision, people, title_en="Tides")
    client.force_login(people["editor"])
    page = client.get(url("record-history", revision.dataset.name)).content.decode()
    assert url("record-take-back", revision.dataset.name) in page
    assert "<del>" in page
    assert page.count('name="number"') == 1, "to the version that stands there is no way back"

    answer = client.post(url("record-take-back", revision.dataset.name), {"number": 1}, follow=True)

    assert answer.redirect_chain[-1][0] == revision.get_absolute_url()
    assert "Version 1 is taken back." in answer.content.decode()
    assert Dataset.objects.get().title_en == "Tides of Fundy"
    for number in (99, "x", 0):
        assert client.post(url("record-take-back", revision.dataset.name), {"number": number}).status_code == 404


def test_only_editors_of_the_department_take_back(client, people, revision):
    edited(revision, people, title_en="Tides")
    stranger = people_of(OrganizationFactory())["editor"]

    for user, seen in ((people["member"], 200), (people["publisher"], 200), (stranger, 404)):
        client.force_login(user)
        page = client.get(url("record-history", revision.dataset.name))
        assert page.status_code == seen
        assert url("record-take-back", revision.dataset.name) not in page.content.decode()
        assert client.post(url("record-take-back", revision.dataset.name), {"number": 1}).status_code == 404
    assert Dataset.objects.get().title_en == "Tides"


def test_the_department_reads_who_and_why_and_the_public_does_not(client, people, revision):
    first = revision.dataset.resources.first()
    for name, value in filed("a").items():
        setattr(first, name, value)
    revision = edited(revision, people, resources=[first], title_en="Working title", note="Between us.")
    dataset = released(edited(revision, people, title_en="Tides"), people).dataset
    for name, value in filed("b").items():
        setattr(first, name, value)
    changed_in_public(dataset, people, resources=[first], note="The stations of 2026.")
    client.force_login(people["member"])
    whole = client.get(url("record-history", dataset.name)).content.decode()
    of_resource = client.get(url("record-history-resource", dataset.name, first.pk)).content.decode()
    client.logout()
    public = client.get(url("dataset-history", dataset.name)).content.decode()
    public_of_resource = client.get(url("resource-history", dataset.name, first.pk)).content.decode()

    for page in (whole, of_resource):
        assert all(text in page for text in (str(people["editor"]), "Between us.", "The stations of 2026.", "a" * 64, "b" * 64))
        assert all(url("resource-version", dataset.name, first.pk, each * 64) in page for each in "ab")
    assert "Working title" in whole
    assert "Working title" not in of_resource
    for page in (public, public_of_resource):
        assert "The stations of 2026." in page, "said of the file that took another's place, for all readers"
        assert "b" * 64 in page
        assert not any(text in page for text in (str(people["editor"]), "Between us.", "Working title"))
        assert "take-back" not in page


def test_the_history_of_a_resource_that_is_not_there_is_not_there(client, people, revision):
    other = DatasetFactory(owner_org=revision.dataset.owner_org, resources=1)
    client.force_login(people["editor"])

    assert client.get(url("record-history-resource", revision.dataset.name, other.resources.get().pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 15])
def test_the_history_asks_the_same_queries_however_many_versions(client, people, revision, count, django_assert_max_num_queries):
    for number in range(count):
        revision = edited(revision, people, title_en=f"Tides {number}")
    client.force_login(people["editor"])
    client.get(url("record-history", revision.dataset.name))

    with django_assert_max_num_queries(17):
        page = client.get(url("record-history", revision.dataset.name))
    assert len(page.context["history"].entries) == count + 1


def test_histories_are_paged(client, people, revision):
    for number in range(21):
        revision = edited(revision, people, title_en=f"Tides {number}")
    client.force_login(people["editor"])

    page = client.get(url("record-history", revision.dataset.name), {"page": 2})

    assert [entry.number for entry in page.context["history"].entries] == [2, 1]
    assert client.get(url("record-history", revision.dataset.name), {"page": 3}).status_code == 404


def test_new_resources_are_released_where_they_stood_when_they_were_signed(people, revision):
    dataset = released(revision, people).dataset
    new = ResourceFactory.build_batch(2, dataset=dataset)
    new[0].position, new[1].position = 2, 3
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=NOW)
    revision = edited(revision, people, resources=new)
    revision = edited(revision, people, removed=[new[0].pk])

    released(revision, people)

    assert Resource.objects.get(pk=new[1].pk).position == 3
    assert Dataset.objects.get().approved_hash == Dataset.objects.get().content_hash


def test_what_was_removed_before_it_ever_was_public_is_not_in_the_public_history(client, people, revision):
    secret = ResourceFactory.build(dataset=revision.dataset, name_en="SECRET NAMES")
    revision = edited(revision, people, resources=[secret], title_en="Working title")
    revision = edited(edited(revision, people, removed=[secret.pk]), people, title_en="Tides")
    dataset = released(revision, people).dataset

    public = client.get(url("dataset-history", dataset.name)).content.decode()

    assert "Resource removed" not in public
    assert "SECRET" not in public
    assert public.count("The record was created.") == 1
    assert "Nothing that readers see was changed." not in public
    first = dataset.resources.first()
    changed_in_public(dataset, people, removed=[first.pk])
    assert "Resource removed" in client.get(url("dataset-history", dataset.name)).content.decode(), "what was public"


def test_the_history_says_so_where_only_machines_read_what_was_changed(client, people, revision):
    dataset = released(revision, people).dataset
    last = dataset.resources.last()
    last.position = 7
    changed_in_public(dataset, people, resources=[last])

    public = client.get(url("dataset-history", dataset.name)).content.decode()

    assert public.count("Nothing that readers see was changed.") == 1
