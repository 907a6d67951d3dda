"""The queues: what waits for whom, and the release of many."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from datasets.models import Dataset, Resource, Revision
from tests.factories.accounts import AppointmentFactory, DelegationFactory, OrganizationFactory
from tests.factories.gates import begun, people_of, reviewed, signed, submitted

pytestmark = pytest.mark.django_db
STAGES = {"review": (submitted, "reviewer"), "sign-off": (reviewed, "imso"), "release": (signed, "publisher")}


@pytest.fixture
def people():
    return people_of(OrganizationFactory())


def queue(client, user, name):
    client.force_login(user)
    return client.get(reverse(f"datasets:queue-{name}"))


@pytest.mark.parametrize("name", STAGES)
def test_each_role_sees_what_waits_for_it_the_oldest_first(client, people, name):
    stage, role = STAGES[name]
    second, first = stage(begun(people), people), stage(begun(people), people)
    Revision.objects.filter(pk=first.pk).update(moved_at=timezone.now() - dt.timedelta(days=3))
    begun(people)

    page = queue(client, people[role], name)

    assert list(page.context["page"]) == [first, second]
    assert "3 days" in page.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("name", ["review", "sign-off"])
def test_another_department_sees_nothing_of_it(client, people, name):
    stage, role = STAGES[name]
    stage(begun(people), people)
    stranger = people_of(OrganizationFactory())[role]

    assert list(queue(client, stranger, name).context["page"]) == []


@pytest.mark.parametrize("name", STAGES)
def test_without_the_role_there_is_no_queue(client, people, name):
    assert queue(client, people["member"], name).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_queue_asks_the_same_queries_however_long_it_is(client, people, count, django_assert_num_queries):
    for _ in range(count):
        signed(begun(people), people)
    queue(client, people["publisher"], "release")

    with django_assert_num_queries(8):
        assert len(client.get(reverse("datasets:queue-release")).context["page"]) == count


def test_an_official_finds_the_way_to_delegations_and_a_delegate_does_not(client, people):
    organization = people["imso"].memberships.get().organization
    delegation = DelegationFactory(organization=organization, delegator=people["imso"])
    way = reverse("accounts:delegation-list", args=[organization.name])

    assert list(queue(client, people["imso"], "sign-off").context["delegable"]) == [organization]
    assert way in queue(client, people["imso"], "sign-off").content.decode()
    assert client.get(way).status_code == 200
    assert way not in queue(client, delegation.delegate, "sign-off").content.decode()


def test_all_of_a_page_are_ticked_where_there_are_scripts(client, people):
    signed(begun(people), people)

    page = queue(client, people["publisher"], "release").content.decode()

    assert '<p hidden><label><input type="checkbox" autocomplete="off" data-tick-all="revisions">' in page
    assert "datasets/tick_all" in page


def test_what_one_wrote_is_not_ones_to_sign(client, people):
    revision = reviewed(begun(people), people)
    revision.writers.add(people["imso"])

    assert list(queue(client, people["imso"], "sign-off").context["page"]) == []


def test_the_navigation_of_the_account_leads_to_the_queues(client, people):
    delegation = DelegationFactory(organization=people["imso"].memberships.get().organization, delegator=people["imso"])
    urls = {name: reverse(f"datasets:queue-{name}") for name in STAGES}
    shown = {}
    for role in ("member", "reviewer", "imso", "publisher"):
        client.force_login(people[role])
        page = client.get(reverse("accounts:profile-edit")).content.decode()
        shown[role] = {name for name, url in urls.items() if url in page}
    client.force_login(delegation.delegate)
    delegated = client.get(reverse("accounts:profile-edit")).content.decode()

    assert shown == {"member": set(), "reviewer": {"review"}, "imso": {"sign-off"}, "publisher": {"release"}}
    assert urls["sign-off"] in delegated


def test_many_are_released_at_once_and_what_is_refused_is_said(client, people):
    good, lapsed = signed(begun(people), people), signed(begun(people), people)
    Resource.objects.filter(dataset=lapsed.dataset).update(metadata_hash="0" * 64)
    Dataset.objects.filter(pk=lapsed.dataset_id).update(content_hash="0" * 64)
    client.force_login(people["publisher"])
    data = {"revisions": [good.pk, lapsed.pk], "zone": "America/Vancouver"}

    page = client.post(reverse("datasets:queue-release"), data, follow=True).content.decode()

    assert list(Dataset.objects.published()) == [good.dataset]
    assert "1 record is released." in page
    assert "changed since the sign-off" in page
    assert Revision.objects.get(pk=lapsed.pk).state == "editing"


def test_an_instant_is_meant_in_the_zone_that_is_named(client, people):
    revision = signed(begun(people), people)
    client.force_login(people["publisher"])
    year = timezone.now().year + 1
    data = {"revisions": [revision.pk], "visible_from": f"{year}-01-02T09:30", "zone": "America/Vancouver"}

    client.post(reverse("datasets:queue-release"), data)

    dataset = Dataset.objects.get()
    assert dataset.visible_from == dt.datetime(year, 1, 2, 17, 30, tzinfo=dt.UTC)
    assert not Dataset.objects.published().exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"visible_from": "2020-01-01T09:00"}, "visible_from"),
        ({"visible_from": "9999-12-31T23:59", "zone": "America/Vancouver"}, "visible_from"),
        ({"visible_from": "0001-01-01T00:00", "zone": "Pacific/Auckland"}, "visible_from"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"revisions": []}, "revisions"),
    ],
)
def test_what_makes_no_sense_is_refused(client, people, said, field):
    revision = signed(begun(people), people)
    client.force_login(people["publisher"])

    answer = client.post(reverse("datasets:queue-release"), {"revisions": [revision.pk], "zone": "America/Toronto"} | said)

    assert list(answer.context["form"].errors) == [field]
    assert not Dataset.objects.published().exists()


def test_a_queue_holds_nothing_that_another_publisher_has_released(client, people):
    revision = signed(begun(people), people)
    other = AppointmentFactory(role="publisher").user
    client.force_login(other)
    client.post(reverse("datasets:queue-release"), {"revisions": [revision.pk], "zone": "UTC"})

    client.force_login(people["publisher"])
    late = client.post(reverse("datasets:queue-release"), {"revisions": [revision.pk], "zone": "UTC"})

    assert late.status_code == 422
    assert "somebody was quicker" in late.content.decode()
