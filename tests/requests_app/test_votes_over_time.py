from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from requests_app.selectors.votes import votes_over_time
from tests.factories.requests_app import DataRequestFactory, RequestVoteFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def voted(thing, day, **columns):
    return RequestVoteFactory(thing=thing, cast_at=datetime(day.year, day.month, day.day, 15, tzinfo=UTC), **columns)


def points(thing):
    return [(bar.label, bar.value) for bar in votes_over_time(thing, TODAY).chart.bars]


def test_votes_that_count_stand_by_week_without_gaps():
    thing = DataRequestFactory()
    voted(thing, date(2026, 11, 2)), voted(thing, date(2026, 11, 8)), voted(thing, date(2026, 11, 18))
    voted(thing, date(2026, 11, 18), is_provisional=True)
    voted(thing, date(2026, 11, 18), withdrawn_at=datetime(2026, 11, 19, tzinfo=UTC))

    assert points(thing) == [("Nov. 2", 2), ("Nov. 9", 0), ("Nov. 16", 1), ("Nov. 23", 0)]
    with override("fr"):
        assert [label for label, _votes in points(thing)] == ["2 nov.", "9 nov.", "16 nov.", "23 nov."]


def test_after_half_a_year_they_stand_by_month():
    thing = DataRequestFactory()
    voted(thing, TODAY - timedelta(days=300)), voted(thing, TODAY)
    assert votes_over_time(thing, TODAY).by_month
    assert [value for _label, value in points(thing)] == [1, *[0] * 9, 1]


def test_votes_that_are_being_checked_show_nothing(client):
    thing = DataRequestFactory()
    voted(thing, TODAY, is_provisional=True)
    assert votes_over_time(thing, TODAY) is None
    assert "Votes over time" not in client.get(thing.get_absolute_url()).content.decode()


@pytest.mark.parametrize("votes", [1, 30])
def test_the_page_of_a_request_costs_the_same_however_many_vote(client, votes, django_assert_num_queries):
    thing = DataRequestFactory()
    for number in range(votes):
        voted(thing, TODAY - timedelta(days=number))
    client.get(thing.get_absolute_url())
    with django_assert_num_queries(6):
        client.get(thing.get_absolute_url())
