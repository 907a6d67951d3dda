"""The list of public datasets by how they stand to their declared frequency."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from datasets.enums import FreshnessState, Vocabulary
from datasets.freshness import freshness
from datasets.models import Dataset
from datasets.selectors import terms
from datasets.selectors.freshness import conditions, dated
from tests.factories.accounts import AppointmentFactory, MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def member(client):
    user = MembershipFactory(organization__title_en="Fisheries").user
    client.force_login(user)
    return user


def public(department, days, frequency="P1M", **columns):
    """Last updated so many days ago."""
    day = TODAY - dt.timedelta(days=days)
    return DatasetFactory(published=True, owner_org=department, date_modified=day, frequency=frequency, **columns)


def page_of(client, **query):
    return client.get(reverse("datasets:freshness-list"), query)


def shown(page):
    return [line.dataset for line in page.context["lines"]]


def counts(page):
    return {state.value: count for state, count in page.context["bars"]}


def test_the_database_says_of_each_frequency_and_day_what_the_arithmetic_says():
    """All frequencies, on the days around their thresholds, with the date in either column."""
    department = OrganizationFactory()
    for number, code in enumerate([*terms.choices(Vocabulary.FREQUENCY), ""]):
        found = freshness(frequency=code, updated_on=TODAY, today=TODAY)
        period = (found.due_on - TODAY).days if found else 3
        for days in {0, int(period * 0.9), period, int(period * 1.5), int(period * 1.5) + 1, period + 2, period + 3}:
            day = TODAY - dt.timedelta(days=days)
            columns = {"date_modified": day} if number % 2 else {"date_modified": None, "date_published": day}
            DatasetFactory(published=True, owner_org=department, frequency=code, **columns)
    DatasetFactory(published=True, owner_org=department, date_modified=None, date_published=None)
    expected = {state: set() for state in FreshnessState}
    for dataset in Dataset.objects.all():
        day = dataset.date_modified or dataset.date_published
        found = freshness(frequency=dataset.frequency, updated_on=day, today=TODAY)
        expected[found.state if found else FreshnessState.UNKNOWN].add(dataset)

    got = {state: set(dated(Dataset.objects).filter(condition)) for state, condition in conditions(TODAY).items()}

    assert got == expected
    assert all(expected.values())


def test_a_department_sees_its_own_public_datasets_the_late_ones_first(client, member):
    department = member.memberships.get().organization
    late, later = public(department, 60), public(department, 90)
    soon, current, unknown = public(department, 29), public(department, 2), public(department, 2, "irregular")
    DatasetFactory(owner_org=department, date_modified=TODAY - dt.timedelta(days=90))
    public(OrganizationFactory(), 90)

    page = page_of(client)

    assert shown(page) == [later, late]
    assert counts(page) == {"late": 2, "due_soon": 1, "current": 1, "unknown": 1}
    assert shown(page_of(client, state="due_soon")) == [soon]
    assert shown(page_of(client, state="current")) == [current]
    assert shown(page_of(client, state="unknown")) == [unknown]
    assert "Update overdue" in page.content.decode()


def test_staff_see_all_departments_and_may_choose_one(client):
    first, second = public(OrganizationFactory(title_en="Zoology"), 90), public(OrganizationFactory(title_en="Arts"), 2)
    client.force_login(AppointmentFactory(role="author").user)

    page = page_of(client)

    assert [str(organization) for organization, _counts in page.context["holdings"]] == ["Zoology", "Arts"]
    assert counts(page_of(client, organization=second.owner_org.name))["late"] == 0
    assert shown(page_of(client, organization=first.owner_org.name)) == [first]


def test_of_another_department_or_state_there_is_nothing(client, member):
    assert page_of(client, organization=OrganizationFactory().name).status_code == 404
    assert page_of(client, state="rotten").status_code == 404
    assert page_of(client, page=2).status_code == 404
    client.force_login(UserFactory())
    assert page_of(client).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_queries_for_one_department_and_for_thirty(client, count, django_assert_num_queries):
    for _ in range(count):
        public(OrganizationFactory(), 90)
    client.force_login(AppointmentFactory(role="publisher").user)
    page_of(client)

    with django_assert_num_queries(10):
        assert len(shown(page_of(client))) == count


def test_a_long_list_comes_in_pages(client, member):
    department = member.memberships.get().organization
    for _ in range(51):
        public(department, 90)

    assert [len(shown(page_of(client, page=number))) for number in (1, 2)] == [50, 1]


@pytest.mark.parametrize(
    ("days", "label", "when"),
    [
        (60, "Update overdue", "An update was due on"),
        (35, "Update due soon", "An update was due on"),
        (29, "Update due soon", "Next expected by"),
        (2, "Up to date", "Next expected by"),
    ],
)
def test_the_public_page_bears_the_same_label(client, days, label, when):
    page = client.get(public(OrganizationFactory(), days).get_absolute_url()).content.decode()

    assert label in page
    assert when in page
