from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from engagement.boards import board_of
from engagement.errors import AddressNotConfirmed, NotOpenForVotes, VotedAlready
from engagement.models import ChainLink, ChainSeal, VoteEvent
from engagement.services import vote_log, votes
from engagement.services.recounts import CHAINED_WITHIN, prove, recount
from requests_app.models import DataRequest, RequestVote
from tests.factories.accounts import UserFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def board():
    return board_of("requests")


@pytest.fixture
def request_():
    return DataRequestFactory()


def cast(board, thing, voter=None):
    return votes.cast(board=board, thing=thing, voter=voter or UserFactory(), now=NOW)


def tally(thing):
    vote_log.extend_chain()
    return DataRequest.objects.get(pk=thing.pk).votes_counted


def wheres():
    return [fault.where for fault in recount()]


def test_a_vote_is_logged_at_once_and_counted_by_the_job(board, request_):
    vote = cast(board, request_)

    assert DataRequest.objects.get().votes_counted == 0
    assert [(event.ballot, event.kind, event.state) for event in VoteEvent.objects.all()] == [(vote.ballot, "cast", "counted")]
    assert tally(request_) == 1


def test_voting_twice_changes_nothing(board, request_):
    voter = UserFactory()
    cast(board, request_, voter)
    before = RequestVote.objects.values().get()

    cast(board, request_, voter)

    assert RequestVote.objects.values().get() == before
    assert VoteEvent.objects.count() == 1


def test_a_vote_is_taken_back_and_given_again(board, request_):
    voter = UserFactory()
    cast(board, request_, voter)
    votes.withdraw(board=board, thing=request_, voter=voter, now=NOW)
    assert votes.withdraw(board=board, thing=request_, voter=voter, now=NOW).withdrawn_at == NOW
    assert tally(request_) == 0

    cast(board, request_, voter)

    assert tally(request_) == 1
    assert [event.kind for event in VoteEvent.objects.all()] == ["cast", "withdraw", "cast"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada@example.org", "ada+vote2@example.org"),
        ("ada.lovelace@gmail.com", "adalovelace+x@googlemail.com"),
    ],
)
def test_one_mailbox_has_one_vote_however_its_address_is_written(board, request_, one, other):
    cast(board, request_, UserFactory(email=one))
    with pytest.raises(VotedAlready):
        cast(board, request_, UserFactory(email=other))

    assert RequestVote.objects.count() == 1


def test_dots_are_kept_apart_elsewhere_than_at_gmail(board, request_):
    cast(board, request_, UserFactory(email="a.da@example.org"))
    cast(board, request_, UserFactory(email="ada@example.org"))
    assert tally(request_) == 2


def test_an_account_that_changes_its_address_has_one_vote_still(board, request_):
    voter = UserFactory()
    cast(board, request_, voter)
    EmailAddress.objects.filter(user=voter).update(email="other@example.org")
    voter.email = "other@example.org"
    voter.save()

    cast(board, request_, voter)

    assert RequestVote.objects.count() == 1


def test_who_has_not_confirmed_their_address_does_not_vote(board, request_):
    voter = UserFactory()
    EmailAddress.objects.filter(user=voter).update(verified=False)
    with pytest.raises(AddressNotConfirmed):
        cast(board, request_, voter)
    assert not RequestVote.objects.exists()


@pytest.mark.parametrize("closed", [{"moderation": "pending"}, {"status": "not_held"}])
def test_what_is_closed_takes_no_vote_and_gives_none_back(board, request_, closed):
    voter = UserFactory()
    cast(board, request_, voter)
    DataRequest.objects.update(**closed)

    with pytest.raises(NotOpenForVotes):
        cast(board, request_)
    with pytest.raises(NotOpenForVotes):
        votes.withdraw(board=board, thing=request_, voter=voter, now=NOW)

    assert RequestVote.objects.standing().count() == VoteEvent.objects.count() == 1


def test_a_deleted_account_leaves_its_vote_and_its_mailbox_finds_it_again(board, request_):
    voter = UserFactory(email="ada@example.org")
    cast(board, request_, voter)
    voter.delete()
    assert (RequestVote.objects.get().voter, tally(request_)) == (None, 1)

    again = UserFactory(email="ada@example.org")
    cast(board, request_, again)

    assert (RequestVote.objects.get().voter, tally(request_)) == (again, 1)


def test_all_agrees_after_many_votes_and_seals(board):
    things = DataRequestFactory.create_batch(3)
    voters = UserFactory.create_batch(4)
    for voter in voters:
        for thing in things:
            cast(board, thing, voter)
    votes.withdraw(board=board, thing=things[0], voter=voters[0], now=NOW)

    vote_log.seal(now=NOW)

    assert recount() == []
    assert [thing.votes_counted for thing in DataRequest.objects.order_by("pk")] == [3, 4, 4]
    assert vote_log.seal(now=NOW) == ChainSeal.objects.get()


@pytest.fixture
def sealed(board, request_):
    for _ in range(5):
        cast(board, request_)
    vote_log.seal(now=NOW)
    assert recount() == []
    return request_


def test_a_changed_line_is_found(sealed):
    VoteEvent.objects.filter(pk=VoteEvent.objects.first().pk).update(thing="0")
    assert wheres() == ["chain", "vote", "tally"]


def test_a_deleted_line_is_found(sealed):
    VoteEvent.objects.first().delete()
    assert wheres() == ["chain", "vote", "tally"]


def test_a_line_cut_off_at_the_end_with_all_that_goes_with_it_is_found_by_the_seal(sealed):
    last = ChainLink.objects.last()
    event = VoteEvent.objects.get(pk=last.event_id)
    RequestVote.objects.filter(ballot=event.ballot).delete()
    DataRequest.objects.update(votes_counted=4)
    event.delete()
    last.delete()
    assert wheres() == ["seal"]


def test_a_log_written_anew_is_found_by_the_seal(sealed):
    ChainLink.objects.all().delete()
    VoteEvent.objects.filter(pk=VoteEvent.objects.first().pk).update(at=NOW.replace(year=2020))
    vote_log.extend_chain()
    assert wheres() == ["seal"]


def test_a_seal_that_somebody_else_made_is_found(sealed):
    ChainSeal.objects.update(seal="0" * 64)
    assert wheres() == ["seal"]


def test_a_link_cut_out_is_found(sealed):
    ChainLink.objects.filter(position__in=[2, 3]).delete()
    assert wheres()[0] == "chain"


def test_a_vote_slipped_in_beside_the_log_is_found(sealed):
    RequestVote.objects.create(thing=sealed, voter_key="x", cast_at=NOW)
    assert wheres() == ["vote"]


def test_a_vote_deleted_beside_the_log_is_found(sealed):
    RequestVote.objects.first().delete()
    assert wheres() == ["vote"]


def test_a_wrong_tally_is_found_and_repaired(sealed):
    DataRequest.objects.update(votes_counted=900)
    assert wheres() == ["tally"]
    recount(repair=True)
    assert recount() == []
    assert DataRequest.objects.get().votes_counted == 5


@pytest.mark.django_db(transaction=True)
def test_without_redis_a_vote_taken_back_and_cast_again_at_once_is_counted_each_time(board, request_, settings):
    settings.REDIS_URL = ""
    voter = UserFactory()
    tallies = []
    for _again in range(2):
        cast(board, request_, voter)
        tallies.append(DataRequest.objects.get().votes_counted)
        votes.withdraw(board=board, thing=request_, voter=voter, now=NOW)
        tallies.append(DataRequest.objects.get().votes_counted)
    assert tallies == [1, 0, 1, 0]


def test_lines_that_the_job_has_left_are_told_once(board, request_):
    cast(board, request_)
    cast(board, request_)
    late = NOW + CHAINED_WITHIN + timedelta(seconds=1)
    (fault,) = prove(now=late)
    assert (fault.where, fault.text.startswith("requests: not chained for more than 10 minutes: 2.")) == ("chain", True)
    assert prove(now=late) == []
    cast(board, request_)
    assert prove(now=NOW + CHAINED_WITHIN) == []
