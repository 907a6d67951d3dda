"""How long records stand in each state, and what is overdue: who sees it, and that the numbers are right."""

import csv
import datetime as dt
import importlib
import io

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from datasets.enums import RevisionState
from datasets.models import Revision, Stay
from datasets.services import gates, revisions
from datasets.turnaround import Wait, figures, shown
from tests.factories.accounts import AppointmentFactory, OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.gates import begun, people_of, released, reviewed, signed, submitted

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 15, tzinfo=dt.UTC)


@pytest.fixture
def department():
    return OrganizationFactory(name="dfo-mpo", title_en="Fisheries and Oceans", title_fr="Pêches et Océans")


@pytest.fixture
def people(department):
    return people_of(department)


def stood(revision, days):
    """In its state for so many days."""
    Revision.objects.filter(pk=revision.pk).update(moved_at=timezone.now() - dt.timedelta(days=days))
    return revision


def page_of(client, user, **query):
    client.force_login(user)
    return client.get(reverse("datasets:turnaround-list"), query)


def by_state(page):
    return {state.value: figures for state, figures in page.context["total"]}


def test_every_state_that_a_record_leaves_is_kept_with_its_time(people):
    with time_machine.travel(START, tick=False) as clock:
        revision = begun(people)
        for days, step in ((3, submitted), (4, None)):
            clock.shift(dt.timedelta(days=days))
            revision = step(revision, people) if step else revision
        gates.recall(revision=revision, actor=people["editor"], now=timezone.now())
        clock.shift(dt.timedelta(days=1))
        released(Revision.objects.get(), people)

    kept = [(stay.state, (stay.until - stay.since).days) for stay in Stay.objects.order_by("id")]
    assert kept == [("editing", 3), ("review", 4), ("editing", 1), ("review", 0), ("sign_off", 0), ("release", 0)]


def test_a_change_that_takes_a_record_back_to_its_editor_ends_the_stay_too(people):
    revision = signed(begun(people), people)
    dataset = revision.dataset
    dataset.title_en = "Another title"
    edit = revisions.Edit(dataset=dataset)

    revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=timezone.now())

    assert Revision.objects.get().state == "editing"
    assert Stay.objects.latest("id").state == "release"


def test_a_clock_that_goes_back_makes_no_stay_of_less_than_nothing(people):
    revision = begun(people)

    gates.submit(revision=revision, actor=people["editor"], now=revision.moved_at - dt.timedelta(seconds=2))

    stay = Stay.objects.get()
    assert stay.since == stay.until == Revision.objects.get().moved_at


@pytest.mark.parametrize(
    ("present", "past", "expected"),
    [
        ([], [], (0, 0, None, None)),
        ([10], [], (1, 0, 10, 10)),
        ([10.01, 2], [1, 0.44], (2, 1, 1.5, 10)),
        ([], [3, 4], (0, 0, 3.5, 4)),
    ],
)
def test_median_and_longest_count_what_ended_and_what_goes_on(present, past, expected, settings):
    settings.TARGET_DAYS = {"review": 10}
    found = figures("review", [Wait(days, 10) for days in present], past)

    assert (found.count, found.overdue, found.median_days, found.longest_days) == expected


@pytest.mark.parametrize(("days", "target", "over"), [(10, 10, 0), (10.01, 10, 1), (11.9, 10, 1), (12.1, 10, 2), (99, None, 0)])
def test_days_over_are_whole_days_and_the_first_counts(days, target, over):
    assert Wait(days, target).days_over == over


@pytest.mark.parametrize(("days", "said"), [(0.44, 0.4), (3.96, 4), (17.4, 17), (-0.001, 0)])
def test_days_are_said_as_people_say_them(days, said):
    assert shown(days) == said


def test_every_target_of_the_settings_is_of_a_state_and_has_somebody_whose_turn_it_is(settings):
    assert set(settings.TARGET_DAYS) <= set(RevisionState.OPEN)
    assert all(RevisionState(state).whose_turn for state in settings.TARGET_DAYS)


def test_a_department_sees_its_own_numbers_alone(client, people):
    late = stood(submitted(begun(people), people), 12)
    stood(submitted(begun(people), people), 10 - 1e-3)
    others = people_of(OrganizationFactory())
    stood(submitted(begun(others), others), 40)

    page = page_of(client, people["member"])

    assert (by_state(page)["review"].count, by_state(page)["review"].overdue) == (2, 1)
    assert list(page.context["page"]) == [late]
    assert "2 days overdue" in page.content.decode()
    assert "A reviewer of the department" in page.content.decode()
    assert late.get_absolute_url() in page.content.decode()


def test_a_stay_of_another_department_is_in_no_number(client, people):
    others = people_of(OrganizationFactory())
    released(begun(others), others)

    assert by_state(page_of(client, people["member"]))["review"].longest_days is None
    assert by_state(page_of(client, others["member"]))["review"].longest_days == 0


def test_staff_see_all_departments_the_most_overdue_first_and_may_choose_one(client, people, department):
    begun(people)
    others = people_of(OrganizationFactory(title_en="Zoology"))
    stood(reviewed(begun(others), others), 6)
    staff = AppointmentFactory(role="moderator").user

    page, one = page_of(client, staff), page_of(client, staff, organization=department.name)

    assert [str(each.organization) for each, _figures in page.context["departments"]] == ["Zoology", "Fisheries and Oceans"]
    assert by_state(page)["sign_off"].overdue == 1
    assert by_state(one)["sign_off"].count == 0
    assert not one.context["page"].object_list
    assert "Nothing is overdue" in one.content.decode()


def test_overdue_records_come_with_the_longest_overdue_first(client, people):
    """Not with the longest waiting: 31 days with the editor are one too many, 8 days before the release are six."""
    editing, release = stood(begun(people), 31), stood(signed(begun(people), people), 8)

    assert list(page_of(client, people["member"]).context["page"]) == [release, editing]


@pytest.mark.parametrize("name", ["turnaround-list", "turnaround-csv"])
def test_of_another_department_one_gets_nothing(client, people, name):
    other = OrganizationFactory()
    client.force_login(people["member"])

    assert client.get(reverse(f"datasets:{name}"), {"organization": other.name}).status_code == 404
    client.force_login(UserFactory())
    assert client.get(reverse(f"datasets:{name}")).status_code == 404


@pytest.mark.parametrize("name", ["turnaround-list", "turnaround-csv"])
@pytest.mark.parametrize("count", [1, 30])
def test_the_numbers_ask_the_same_queries_for_one_department_and_for_thirty(client, count, name, django_assert_num_queries):
    staff = AppointmentFactory(role="publisher").user
    for _ in range(count):
        revision = stood(Revision.objects.create(dataset=DatasetFactory(), state="review"), 20)
        Stay.objects.create(revision=revision, state="editing", since=revision.opened_at, until=timezone.now())
    page_of(client, staff)

    with django_assert_num_queries(14 if name == "turnaround-list" else 8):
        page = client.get(reverse(f"datasets:{name}"))

    assert page.content.decode().count("sign_off" if name.endswith("csv") else "10 days overdue") == count


def test_the_numbers_as_a_table_open_in_a_spreadsheet(client, people, settings):
    stood(submitted(begun(people), people), 12)
    client.force_login(people["member"])

    answer = client.get(reverse("datasets:turnaround-csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["state"] for row in rows] == list(RevisionState.OPEN)
    assert rows[1] == {
        "organization": "dfo-mpo",
        "organization_title": "Fisheries and Oceans",
        "state": "review",
        "records": "1",
        "overdue": "1",
        "target_days": "10",
        "median_days": "12",
        "longest_days": "12",
    }
    assert rows[4]["target_days"] == rows[4]["median_days"] == ""


@pytest.mark.parametrize(("days", "mark"), [(9, 0), (13, 1)])
def test_queue_workbench_and_record_mark_what_is_overdue(client, people, days, mark):
    revision = stood(submitted(begun(people), people), days)
    client.force_login(people["reviewer"])

    pages = [reverse("datasets:queue-review"), reverse("datasets:record-list"), revision.get_absolute_url()]
    assert [client.get(page).content.decode().count("3 days overdue") for page in pages] == [mark] * 3


def test_the_navigation_of_the_account_leads_to_the_numbers(client, people):
    address = reverse("datasets:turnaround-list")
    shown = {}
    for name, user in {"member": people["member"], "staff": people["publisher"], "citizen": UserFactory()}.items():
        client.force_login(user)
        shown[name] = address in client.get(reverse("accounts:profile-edit")).content.decode()

    assert shown == {"member": True, "staff": True, "citizen": False}


def test_stays_that_ended_before_they_were_kept_are_read_from_the_log(people):
    signed(begun(people), people)
    kept = list(Stay.objects.order_by("id").values_list("revision", "state", "since", "until"))
    Stay.objects.all().delete()

    importlib.import_module("datasets.migrations.0012_past_stays").remember(apps, None)

    assert list(Stay.objects.order_by("id").values_list("revision", "state", "since", "until")) == kept
    assert len(kept) == 3
