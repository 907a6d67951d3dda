from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from engagement.moderation import kind_of
from engagement.services import moderation
from requests_app.enums import RequestStatus
from requests_app.models import DataRequest, Turn
from requests_app.response_times import percentile
from requests_app.selectors.response_times import response_times
from requests_app.services import answers, requests
from requests_app.services.answers import Answer
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.requests_app import TurnFactory

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
WORDS = ("We look into it.", "Nous étudions la question.")


def days(number):
    return timedelta(days=number)


def asked(department, *, ago=20, **columns):
    """A request that was let pass some days ago."""
    row = DataRequest(title="Levels", description="All.", organization=department, **columns)
    requests.submit(request=row, author=UserFactory(), language="en", now=NOW - days(ago + 1))
    moderation.approve(kind=kind_of("requests"), pk=row.pk, moderator=UserFactory(), now=NOW - days(ago))
    row.refresh_from_db()
    return row


def answered(row, status, *, ago, **said):
    answers.answer(request=row, said=Answer(status, *WORDS, **said), actor=UserFactory(), now=NOW - days(ago))


def figures(department=None):
    found = response_times(NOW)
    return next((each.figures for each in found.departments if each.organization == department), found.total)


@given(st.lists(st.floats(0, 1000), min_size=1))
def test_nine_of_ten_values_are_not_above_the_90th_percentile_and_it_was_measured(values):
    found = percentile(values, 90)
    assert found in values
    assert sum(value <= found for value in values) >= 0.9 * len(values)
    assert sum(value < found for value in values) < 0.9 * len(values)


@pytest.mark.django_db
def test_the_clock_starts_when_the_public_sees_the_request_and_counts_to_both_answers():
    department = OrganizationFactory()
    row = asked(department, ago=20)
    assert row.due_on == (NOW - days(20) + days(30)).date()
    answered(row, RequestStatus.UNDER_REVIEW, ago=16)
    answered(row, RequestStatus.IN_PROGRESS, ago=15)
    answered(row, RequestStatus.PUBLISHED, ago=8, dataset=DatasetFactory(published=True))
    asked(department, ago=40)

    found = figures(department)

    assert (found.received, found.answered, found.open, found.overdue) == (2, 1, 1, 1)
    assert (found.first_median, found.first_p90, found.final_median, found.final_p90) == (4, 4, 12, 12)
    assert found.kept == 1


@pytest.mark.django_db
def test_a_transfer_gives_the_next_department_a_clock_of_its_own():
    first, second = OrganizationFactory.create_batch(2)
    row = asked(first, ago=30)
    answered(row, RequestStatus.TRANSFERRED, ago=10, organization=second)
    row.refresh_from_db()
    assert row.due_on == (NOW + days(20)).date()
    answered(row, RequestStatus.NOT_HELD, ago=7)

    assert figures(first).first_median == 20
    assert (figures(first).final_median, figures(first).open) == (None, 0)
    assert (figures(second).first_median, figures(second).final_median, figures(second).kept) == (3, 3, 1)


@pytest.mark.django_db
def test_a_date_moved_later_does_not_mend_a_missed_one():
    department = OrganizationFactory()
    row = asked(department, ago=40)
    answered(row, RequestStatus.UNDER_REVIEW, ago=30, due_on=(NOW - days(20)).date())
    answered(row, RequestStatus.IN_PROGRESS, ago=15, due_on=NOW.date())
    assert figures(department).overdue == 0
    answered(row, RequestStatus.UNABLE, ago=5)
    assert figures(department).kept == 0


@pytest.mark.django_db
def test_a_final_answer_that_is_taken_back_lets_the_clock_go_on():
    department = OrganizationFactory()
    row = asked(department, ago=20)
    answered(row, RequestStatus.NOT_HELD, ago=15)
    answered(row, RequestStatus.IN_PROGRESS, ago=10)
    assert (figures(department).open, figures(department).final_median) == (1, None)
    answered(row, RequestStatus.UNABLE, ago=2)
    assert (figures(department).first_median, figures(department).final_median) == (5, 18)


@pytest.mark.django_db
def test_hidden_and_shown_again_the_clock_goes_on():
    row = asked(OrganizationFactory(), ago=20)
    said = {"kind": kind_of("requests"), "pk": row.pk, "moderator": UserFactory(), "now": NOW}
    moderation.hide(**said, reason="A name.")
    assert figures().received == 0
    moderation.approve(**said)
    assert Turn.objects.get().began_at == NOW - days(20)


@pytest.mark.django_db
def test_ideas_and_merged_requests_count_for_nobody():
    department = OrganizationFactory()
    asked(department, kind="idea")
    kept = asked(department)
    answers.merge(source=asked(department), target=kept, actor=UserFactory(), now=NOW)
    assert figures(department).received == 1


@pytest.mark.django_db
def test_the_page_and_the_csv_say_the_same_for_each_year(client):
    old, new = TurnFactory(began_at=NOW - days(700)), TurnFactory(began_at=NOW)
    silent = OrganizationFactory()
    address, file = reverse("requests:response-time-list"), reverse("requests:response-time-csv")

    page = client.get(address).content.decode()
    assert all(str(each) in page for each in (old.organization, new.organization, silent))
    assert [each.organization for each in client.get(address, {"year": 2026}).context["found"].departments] == [new.organization]
    assert client.get(address, {"year": 2019}).status_code == 404
    lines = client.get(file, {"year": 2026}).content.decode().splitlines()
    assert lines[1].startswith(f"{new.organization.name},{new.organization.title_en},")
    assert lines[1].endswith(",1,0,1,0,,,,,")
    assert len(lines) == 2


@pytest.mark.django_db
def test_a_portal_where_nobody_was_asked_says_so(client):
    assert "No department has been asked yet" in client.get(reverse("requests:response-time-list")).content.decode()
    department = OrganizationFactory()
    assert "It received no request yet." in client.get(department.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_the_page_of_a_department_says_how_fast_it_answers(client):
    department = OrganizationFactory()
    answered(asked(department), RequestStatus.UNDER_REVIEW, ago=16)
    page = client.get(department.get_absolute_url()).content.decode()
    assert "1 request received, 1 answered, 0 overdue now." in page
    assert "within 4 days" in page


@pytest.mark.django_db
@pytest.mark.parametrize("departments", [1, 30])
def test_many_departments_cost_no_more_queries_than_one(client, departments, django_assert_max_num_queries):
    TurnFactory.create_batch(departments)
    with django_assert_max_num_queries(4):
        client.get(reverse("requests:response-time-list"))
