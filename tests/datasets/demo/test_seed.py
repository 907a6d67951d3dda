"""Seeding: the demonstration arrives whole, again it changes nothing, and it goes as it came."""

import datetime as dt
import io

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.utils import timezone

from accounts.activity import of, sentence_of
from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Activity, Organization, User
from datasets.ckan.packages import read_package
from datasets.demo import people, records, removal
from datasets.demo.content import read_departments
from datasets.demo.files import make_files
from datasets.demo.packages import package_of
from datasets.enums import Counted, Move, RevisionState
from datasets.models import DailyCount, Dataset, Relationship, Resource, Revision, Version
from datasets.rules import may
from datasets.services.publishers import Publishers
from opengov.search.models import OutboxEntry
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory

DEPARTMENTS = {department.name: department for department in read_departments()}


def seed(**options):
    out = io.StringIO()
    call_command("seed_demo", few=1, stdout=out, **options)
    return out.getvalue().splitlines()[-1]


def entry_of(department, slug):
    return next(entry for entry in DEPARTMENTS[department].entries if entry.slug == slug)


def save(department, *slugs):
    records.save_organization(DEPARTMENTS[department])
    entries = [entry_of(department, slug) for slug in slugs]
    for entry in entries:
        records.save_entry(DEPARTMENTS[department], entry, Publishers())
    records.tie_up(entries, actor=UserFactory())


def snapshot():
    """Every row that seeding writes, as it stands."""
    models = (Organization, Dataset, Resource, Relationship, Version, DailyCount, User, EmailAddress, Activity)
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in models}


def counts_add_up_to_those_of_the_portal():
    day = DailyCount.objects.exclude(dataset=None).latest("day").day
    counts = DailyCount.objects.filter(day=day, kind="view")

    assert counts.get(dataset=None).count == counts.exclude(dataset=None).aggregate(sum=Sum("count"))["sum"]
    assert set(DailyCount.objects.filter(day=day, dataset=None).values_list("kind", flat=True)) == set(Counted.values)
    assert not DailyCount.objects.filter(day__gte=timezone.localdate()).exists()
    assert all(Dataset.objects.exclude(approved_at_source="").values_list("popularity", flat=True))


@pytest.mark.django_db
def test_seeding_twice_changes_nothing():
    assert seed() == "12 datasets made, 0 changed, 0 as they were; 12 records on their way to the public; 14 accounts made."
    before = snapshot()

    assert seed() == "0 datasets made, 0 changed, 12 as they were; 0 records on their way to the public; 0 accounts made."
    assert snapshot() == before
    assert Dataset.objects.published().exclude(approved_at_source="").count() == 12
    assert not OutboxEntry.objects.exists()
    counts_add_up_to_those_of_the_portal()


@pytest.mark.django_db
def test_there_are_records_in_every_state_between_draft_and_public():
    seed()

    revisions = Revision.objects.all()
    assert set(revisions.values_list("state", flat=True)) == set(RevisionState.values)
    assert revisions.get(dataset__name="shoreline-erosion").sign_offs.get().lapsed_because
    assert revisions.get(dataset__name="rain-gauge-volunteers").answers.count() == 3
    scheduled = revisions.get(state="scheduled", dataset__name="pollen-counts")
    assert scheduled.visible_from > timezone.now()
    assert Dataset.objects.published().get(pk=scheduled.dataset_id).title_en == "Counts of pollen"


@pytest.mark.django_db
def test_another_department_has_records_too_and_a_new_one_waits_for_its_instant():
    seed()

    own = Revision.objects.get(dataset__name="commuting-times-survey")
    officials = User.objects.filter(email__in=[people.OTHER_TEAM.official, people.OWN_OFFICIAL.editor])
    assert own.dataset.owner_org.name == "statcan"
    assert {user.email for user in officials if may(user, Move.SIGN, own)} == {people.OTHER_TEAM.official}
    waiting = Dataset.objects.get(name="air-quality-sensors")
    assert waiting.revisions.get().visible_from > timezone.now()
    assert not Dataset.objects.published().filter(pk=waiting.pk).exists()


@pytest.mark.django_db
def test_reset_removes_what_was_seeded_and_nothing_else():
    mine = DatasetFactory(published=True, owner_org=OrganizationFactory(name="statcan"))
    seed()
    ids = set(Dataset.objects.values_list("pk", flat=True))

    removal.remove()

    assert list(Dataset.objects.all()) == [mine]
    assert list(Organization.objects.all()) == [mine.owner_org]
    assert not User.objects.exists()
    assert not DailyCount.objects.exists()
    assert set(OutboxEntry.objects.values_list("object_id", flat=True)) >= {str(pk) for pk in ids - {mine.pk}}


@pytest.mark.django_db
def test_portal_over_https_is_refused_unless_forced(settings):
    settings.HTTPS = True

    with pytest.raises(CommandError, match="password everybody knows"):
        seed()
    assert not User.objects.exists()
    assert seed(force=True, reset=True).startswith("12 datasets made")


@pytest.mark.django_db
def test_accounts_are_told_without_seeding(capsys, django_assert_num_queries):
    with django_assert_num_queries(0):
        call_command("seed_demo", accounts=True)

    told = capsys.readouterr().out
    assert people.PASSWORD in told
    assert all(person.email in told for person in people.PEOPLE)


@pytest.mark.django_db
def test_there_is_somebody_for_each_role_in_both_languages(client):
    organization, other = OrganizationFactory(), OrganizationFactory()
    people.save_people({people.TEAM.department: organization, people.OTHER_TEAM.department: other})

    roles = {
        role for user in User.objects.all() for role in (*user.portal_roles, *user.organization_roles.get(organization.pk, ()))
    }
    both = User.objects.get(email=people.OWN_OFFICIAL.editor)
    assert both.organization_roles == {other.pk: {OrganizationRole.EDITOR, OrganizationRole.IMSO}}
    assert roles == {*PortalRole.values, *OrganizationRole.values}
    assert set(User.objects.values_list("language", flat=True)) == {"en", "fr"}
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == User.objects.count() == len(people.PEOPLE)
    assert client.login(email="admin@example.org", password=people.PASSWORD)
    assert User.objects.get(email="admin@example.org").is_staff


def test_every_package_is_read_without_a_remark(db):
    for department in DEPARTMENTS.values():
        for entry in department.entries:
            record = read_package(package_of(department, entry, ()))
            assert record.remarks == [], entry.slug
            assert record.name == entry.slug
            assert not record.columns["extras"], entry.slug


@pytest.mark.django_db
def test_record_says_everything_and_that_its_figures_are_invented():
    save("statcan", "unemployment-rate-monthly-by-province")
    dataset = Dataset.objects.get()
    entry = entry_of("statcan", dataset.name)

    assert (dataset.title_en, dataset.title_fr) == entry.title
    assert (dataset.keywords_en, dataset.keywords_fr) == entry.keywords
    assert dataset.approved_at_source == "Demonstration data / Données de démonstration"
    assert dataset.additional_notes_fr == "Données de démonstration : les chiffres sont inventés."
    assert dataset.org_title_at_publication_fr == "Statistique Canada"
    assert (dataset.west, dataset.north) == (-141.0, 83.1)
    assert dataset.visible_from.date() == entry.published
    assert dataset.openness == 3


@pytest.mark.django_db
def test_files_stand_in_the_storage_under_their_hash():
    save("statcan", "unemployment-rate-monthly-by-province")
    department = DEPARTMENTS["statcan"]
    files = {file.filename: file.content for file in make_files(department, department.entries[0])}

    resources = Resource.objects.exclude(file="")
    assert {resource.filename for resource in resources} == set(files)
    for resource in resources:
        assert resource.file.name == f"resources/{resource.sha256[:2]}/{resource.sha256}"
        with default_storage.open(resource.file.name) as stored:
            assert stored.read() == files[resource.filename]
        assert resource.size == len(files[resource.filename])


@pytest.mark.django_db
def test_a_changed_file_replaces_the_old_one_in_a_new_version():
    save("statcan", "average-retail-food-prices")
    before = Resource.objects.get(filename="average-retail-food-prices-en.csv")
    entry = entry_of("statcan", "average-retail-food-prices")
    record = records._record(DEPARTMENTS["statcan"], entry)
    csv = next(resource for resource in record.resources if resource.id == before.pk)
    csv.columns |= {"sha256": "0" * 64, "file": "resources/00/" + "0" * 64, "size": 3}

    source = records.Source(records.SOURCE, dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    tally = records.save_batch([record], source=source, publishers=Publishers())

    after = Resource.objects.get(pk=before.pk)
    assert (tally.updated, after.sha256, after.file.name, after.size) == (1, "0" * 64, "resources/00/" + "0" * 64, 3)
    assert Version.objects.filter(resource_id=after.pk).count() == 2
    assert default_storage.exists(before.file.name)


@pytest.mark.django_db
def test_old_and_large_datasets_have_a_history():
    save("statcan", "unemployment-rate-monthly-by-province", "average-retail-food-prices")
    first, second, third = Version.objects.filter(dataset__name__startswith="unemployment", resource_id=None).order_by("number")

    assert Version.objects.filter(dataset__name__startswith="average", resource_id=None).count() == 1
    assert len(first.data["keywords"]["en"]) < len(second.data["keywords"]["en"])
    assert first.data["notes_translated"]["fr"] != second.data["notes_translated"]["fr"]
    assert first.at < second.at < third.at
    assert second.data["date_modified"] != third.data["date_modified"]


@pytest.mark.django_db
def test_machine_translation_is_marked():
    save("pc", "park-admission-fees")

    assert Dataset.objects.get().machine_translated == {"title": "en", "notes": "en"}


@pytest.mark.django_db
def test_relationships_find_their_dataset():
    save("ec", "climate-normals-1991-2020", "climate-normals-1981-2010")

    relationship = Relationship.objects.get()
    assert (relationship.kind, relationship.target.name) == ("supersedes", "climate-normals-1981-2010")


@pytest.mark.django_db
def test_drafts_are_not_public():
    save("ec", "lightning-strikes-warm-season")

    assert Dataset.objects.get().state == "draft"
    assert not Dataset.objects.published().exists()


@pytest.mark.django_db
def test_withdrawn_datasets_say_why_and_what_took_their_place():
    save("statcan", "consumer-price-index-major-components", "consumer-price-index-2013-basket")
    gone = Dataset.objects.tombstones().get()

    assert gone.name == "consumer-price-index-2013-basket"
    assert gone.withdrawal_reason_fr.startswith("Les pondérations de 2013")
    assert gone.successor.name == "consumer-price-index-major-components"
    assert sentence_of(of(gone).get()) == f"{of(gone).get().actor} withdrew the dataset “{gone.title}”"
    assert gone.org_title_at_publication_en == "Statistics Canada"
