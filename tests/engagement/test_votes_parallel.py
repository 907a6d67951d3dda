"""Many vote at the same time, on real connections."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from engagement.boards import board_of
from engagement.models import AbstractVote, VoteEvent
from engagement.services import vote_log, votes
from engagement.services.recounts import recount
from requests_app.models import DataRequest, RequestVote
from tests.factories.accounts import UserFactory
from tests.factories.requests_app import DataRequestFactory
from tests.parallel import at_once, crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
NOW = timezone.now()


def casting(thing, voter):
    return partial(votes.cast, board=board_of("requests"), thing=thing, voter=voter, now=NOW)


def test_two_hundred_requests_of_one_voter_leave_one_vote():
    thing, voter = DataRequestFactory(), UserFactory()

    answers = crowd([casting(thing, voter)] * 200)

    assert all(isinstance(answer, AbstractVote) for answer in answers)
    assert (RequestVote.objects.count(), VoteEvent.objects.count()) == (1, 1)


def test_one_mailbox_in_many_accounts_has_one_vote():
    thing = DataRequestFactory()
    voters = [UserFactory(email=f"ada+{number}@example.org") for number in range(20)]

    answers = at_once(*(casting(thing, voter) for voter in voters))

    assert sum(isinstance(answer, AbstractVote) for answer in answers) == RequestVote.objects.count() == 1


def test_two_thousand_voters_lose_none_and_double_none():
    thing = DataRequestFactory()
    joined = NOW - timedelta(days=400)  # nothing about them looks like one hand
    voters = User.objects.bulk_create(User(email=f"{uuid4().hex}@example.org", date_joined=joined) for _ in range(2_000))
    EmailAddress.objects.bulk_create(EmailAddress(user=voter, email=voter.email, verified=True, primary=True) for voter in voters)

    crowd([*(casting(thing, voter) for voter in voters), *[vote_log.extend_chain] * 20])

    vote_log.extend_chain()
    assert DataRequest.objects.get().votes_counted == RequestVote.objects.count() == 2_000
    assert recount() == []


def test_a_vote_and_its_withdrawal_at_once_leave_what_the_log_says():
    thing, voter = DataRequestFactory(), UserFactory()
    votes.cast(board=board_of("requests"), thing=thing, voter=voter, now=NOW)
    taking_back = partial(votes.withdraw, board=board_of("requests"), thing=thing, voter=voter, now=NOW)

    at_once(*[casting(thing, voter), taking_back] * 8)

    vote_log.extend_chain()
    assert recount() == []


def test_a_recount_among_voters_finds_no_fault():
    thing = DataRequestFactory()
    voters = UserFactory.create_batch(60)

    found = crowd([each for voter in voters for each in (casting(thing, voter), vote_log.extend_chain, recount)])

    assert [answer for answer in found if isinstance(answer, list) and answer] == []
