from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.boards import board_of
from engagement.errors import NotOpenForVotes
from engagement.models import Invalidation
from engagement.services import vote_log, votes
from engagement.services.recounts import recount
from requests_app.errors import CannotMerge
from requests_app.models import DataRequest, RequestVote
from requests_app.services.answers import merge
from tests.factories.accounts import UserFactory
from tests.factories.requests_app import DataRequestFactory, RequestCommentFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def vote(thing, voter, *, back=False):
    board = board_of("requests")
    votes.cast(board=board, thing=thing, voter=voter, now=NOW)
    if back:
        votes.withdraw(board=board, thing=thing, voter=voter, now=NOW)


@pytest.fixture
def two():
    return DataRequestFactory.create_batch(2)


@pytest.fixture
def voters(two):
    """Who voted for the source alone, both, the target alone, the source with the target's taken back, neither any more."""
    people = dict(zip(("source", "both", "target", "changed", "neither"), UserFactory.create_batch(5), strict=True))
    source, target = two
    vote(source, people["source"])
    vote(source, people["both"])
    vote(target, people["both"])
    vote(target, people["target"])
    vote(source, people["changed"])
    vote(target, people["changed"], back=True)
    vote(source, people["neither"], back=True)
    return people


def merged(two):
    merge(source=two[0], target=two[1], actor=UserFactory(), now=NOW + timedelta(minutes=1))
    vote_log.extend_chain()


def test_each_voter_has_one_vote_for_what_stays(two, voters):
    merged(two)

    standing = RequestVote.objects.counted()
    assert {each.voter for each in standing} == {voters[name] for name in ("source", "both", "target", "changed")}
    assert {each.thing for each in standing} == {two[1]}
    assert list(DataRequest.objects.order_by("pk").values_list("votes_counted", flat=True)) == [0, 4]
    assert recount() == []


def test_merging_again_changes_nothing(two, voters):
    merged(two)
    before = list(RequestVote.objects.order_by("pk").values())

    merged(two)

    assert list(RequestVote.objects.order_by("pk").values()) == before


def test_what_was_merged_takes_no_votes_and_leads_on(two):
    merged(two)
    with pytest.raises(NotOpenForVotes):
        vote(two[0], UserFactory())
    assert DataRequest.objects.get(pk=two[0].pk).merged_into == two[1]


def test_a_chain_of_merges_leads_to_its_end(two):
    third = DataRequestFactory()
    merged(two)
    merge(source=two[1], target=third, actor=UserFactory(), now=NOW)
    assert DataRequest.objects.get(pk=two[0].pk).merged_into == third


@pytest.mark.parametrize("change", [{"kind": "idea"}, {"moderation": "pending"}])
def test_only_two_of_a_kind_that_the_board_shows_are_merged(two, change):
    DataRequest.objects.filter(pk=two[1].pk).update(**change)
    with pytest.raises(CannotMerge):
        merged(two)
    with pytest.raises(CannotMerge):
        merged([two[0], two[0]])


def test_comments_move_to_what_stays_and_name_nobody_who_asked(client, two):
    asker = two[0].author
    RequestCommentFactory(thing=two[0], author=asker, text="Of the south, too.", is_unnamed=True)
    merged(two)
    page = client.get(two[1].get_absolute_url()).content.decode()
    assert "Of the south, too." in page
    assert str(asker) not in page


@pytest.mark.parametrize("of_target", [{"is_provisional": True, "flags": ["burst"]}, {"invalidation": True}])
def test_a_vote_that_counts_is_not_lost_to_one_that_does_not(two, of_target):
    voter = UserFactory()
    vote(two[0], voter)
    vote(two[1], voter)
    stand(two[1], **of_target)

    merged(two)

    assert RequestVote.objects.counted().get().thing == two[1]
    assert DataRequest.objects.get(pk=two[1].pk).votes_counted == 1
    assert recount() == []


def test_a_vote_that_is_being_checked_does_not_count_by_a_merge(two):
    voter = UserFactory()
    vote(two[0], voter)
    vote(two[1], voter, back=True)
    stand(two[0], is_provisional=True, flags=["burst"])

    merged(two)

    assert RequestVote.objects.get(thing=two[1]).state == "provisional"
    assert recount() == []


def stand(thing, *, invalidation=False, **columns):
    """Set the vote for a thing aside, with its line in the log."""
    found = RequestVote.objects.get(thing=thing)
    if invalidation:
        said = {"board": "requests", "conditions": {}, "reason": "One hand.", "proposed_at": NOW, "approved_at": NOW}
        columns = {"invalidation": Invalidation.objects.create(**said, proposed_by=UserFactory(), approved_by=UserFactory())}
    for name, value in columns.items():
        setattr(found, name, value)
    found.save()
    vote_log.log(board_of("requests"), [found], "set_aside", NOW)
