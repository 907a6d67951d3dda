"""What the government said and owes of a request that is merged stands with the one that stays."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from requests_app.models import DataRequest, Turn
from requests_app.selectors.response_times import response_times
from requests_app.services.answers import merge
from tests.factories.accounts import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.requests_app import DataRequestFactory, StatusChangeFactory, TurnFactory
from tests.factories.staff import staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def days(number):
    return timedelta(days=number)


def asked(department, *, ago=20, due_in=10, answered=None, **columns):
    """A request that came to a department some days ago; `answered`: the days since its first answer."""
    due_on, status = (NOW + days(due_in)).date(), "received" if answered is None else "under_review"
    row = DataRequestFactory(organization=department, due_on=due_on, **{"status": status} | columns)
    answered_at = None if answered is None else NOW - days(answered)
    TurnFactory(request=row, organization=department, began_at=NOW - days(ago), due_on=due_on, answered_at=answered_at)
    if answered_at:
        StatusChangeFactory(request=row, at=answered_at, organization=None)
        DataRequest.objects.filter(pk=row.pk).update(answered_at=answered_at)
    return row


def merged(source, target):
    merge(source=source, target=target, actor=UserFactory(), now=NOW)
    return DataRequest.objects.get(pk=target.pk)


def figures(department):
    return next((each.figures for each in response_times(NOW).departments if each.organization == department), None)


@pytest.fixture
def department():
    return OrganizationFactory()


def test_what_stays_takes_over_the_department_its_person_its_day_and_where_it_stands(department):
    owner = MembershipFactory(organization=department).user
    source = asked(department, answered=15, owner=owner)
    target = merged(source, DataRequestFactory())
    assert (target.organization, target.owner, target.due_on) == (department, owner, source.due_on)
    assert (target.status, target.answered_at) == ("under_review", NOW - days(15))
    assert Turn.objects.get().request == target
    assert (figures(department).received, figures(department).first_median) == (1, 5)


def test_what_another_department_answers_keeps_all_of_its_own(department):
    other = OrganizationFactory()
    target = asked(other, ago=3)
    source = asked(department, answered=15)
    kept = merged(source, target)
    assert (kept.organization, kept.status, kept.due_on) == (other, "received", target.due_on)
    assert figures(other).open == 1


def test_the_answers_of_both_are_one_history_newest_first(client):
    target = DataRequestFactory(title="Levels")
    source, hidden = DataRequestFactory(title="Rivières", language="fr"), DataRequestFactory(title="Secret")
    StatusChangeFactory(request=target, at=NOW - days(9), comment_en="The first.")
    StatusChangeFactory(request=source, at=NOW - days(5), comment_en="The second.")
    StatusChangeFactory(request=hidden, at=NOW - days(4), comment_en="Of a hidden one.")
    StatusChangeFactory(request=target, at=NOW - days(1), comment_en="The third.")
    merged(source, target), merged(hidden, target)
    DataRequest.objects.filter(pk=hidden.pk).update(moderation="hidden", moderation_reason="A name.")

    page = client.get(target.get_absolute_url()).content.decode()

    places = [page.index(words) for words in ("The third.", "Merged from", "Rivières", "The second.", "The first.")]
    assert places == sorted(places)
    assert "Secret" not in page
    assert "Of a hidden one." not in page
    feed = client.get(reverse("requests:feed-request", args=[target.pk])).content.decode()
    assert "The second." in feed
    assert "Of a hidden one." not in feed


def test_one_department_has_one_clock_since_the_first(department):
    source, target = asked(department, ago=40, due_in=-10), asked(department, ago=5, due_in=25)
    kept = merged(source, target)
    assert (kept.due_on, Turn.objects.get().began_at) == (source.due_on, NOW - days(40))
    assert (figures(department).received, figures(department).overdue) == (1, 1)


def test_a_first_answer_to_either_is_the_first_answer_and_names_the_day(department):
    source, target = asked(department, ago=40, due_in=-10), asked(department, ago=20, due_in=25, answered=10)
    assert merged(source, target).due_on == target.due_on
    assert (figures(department).first_median, Turn.objects.get().due_on) == (30, target.due_on)


@pytest.mark.parametrize(("said", "first"), [({"answered": 10}, 10), ({"ago": 45, "due_in": -15}, 45)])
def test_a_late_answer_or_none_does_not_vanish_from_the_numbers(department, said, first):
    merged(asked(department, **said), asked(OrganizationFactory()))
    found = figures(department)
    assert (found.received, found.open, found.first_median) == (1, 0, first)


def test_what_was_not_owed_yet_is_left_out(department):
    merged(asked(department), asked(OrganizationFactory()))
    assert figures(department) is None


def test_a_merge_is_shown_before_it_is_done_and_done_twice_leads_on(client, department):
    source, target = DataRequestFactory(), asked(department, title="Levels of rivers", votes_counted=7)
    client.force_login(staff("moderator"))
    address, said = reverse("requests:request-merge", args=[source.pk]), {"into": str(target.pk)}

    look = client.post(address, said).content.decode()
    assert "Levels of rivers" in look
    assert "7 votes" in look
    assert department.title_en in look
    client.post(address, said | {"confirmed": str(source.pk)})
    assert not DataRequest.objects.filter(merged_into=target).exists()
    assert client.post(address, {"into": str(source.pk)}).status_code == 422
    for _ in range(2):
        assert client.post(address, said | {"confirmed": str(target.pk)}).url == target.get_absolute_url()
    assert DataRequest.objects.get(pk=source.pk).merged_into == target
