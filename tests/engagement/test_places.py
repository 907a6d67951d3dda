"""Addresses that name nothing answer so, however they are made."""

import pytest
from django.urls import reverse

from tests.factories.accounts import AppointmentFactory

pytestmark = pytest.mark.django_db
HUGE = 99999999999999999999
OF_THINGS = ["rating-give", "rating-withdraw", "comment-list", "comment-create", "follow-begin", "follow-end"]


@pytest.fixture
def reader(client):
    client.force_login(AppointmentFactory(role="moderator").user)
    return client


def statuses(reader, address):
    return {reader.get(address).status_code, reader.post(address).status_code} - {405}


@pytest.mark.parametrize("board", ["datasets", "requests"])
@pytest.mark.parametrize("pk", [HUGE, "zz"])
@pytest.mark.parametrize("name", OF_THINGS)
def test_no_thing_is_at_an_address_of_garbage(reader, name, board, pk):
    assert statuses(reader, reverse(f"engagement:{name}", args=[board, pk])) == {404}


@pytest.mark.parametrize("name", ["vote-cast", "vote-withdraw", "vote-check", "vote-code"])
def test_no_vote_is_at_a_huge_number(reader, name):
    assert statuses(reader, reverse(f"engagement:{name}", args=["requests", HUGE])) == {404}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("report-create", ["requests", HUGE]),
        ("moderation-item", ["dataset-comments", HUGE]),
        ("invalidation-detail", [HUGE]),
        ("trail-restore", [HUGE]),
        ("check-detail", ["requests", HUGE, "burst"]),
    ],
)
def test_no_text_is_at_a_huge_number(reader, name, arguments):
    assert statuses(reader, reverse(f"engagement:{name}", args=arguments)) == {404}
