"""What one hand casts is set aside, what households and hubs cast is not: on a board where both vote at the same time."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from accounts.models import User
from engagement.boards import board_of
from engagement.errors import NoConditions, SecondPersonNeeded
from engagement.models import HintSalt, TrustedNetwork, VoteHint
from engagement.services import checks, hints, invalidations, vote_log, votes
from engagement.services.hints import Trace
from engagement.services.invalidations import Conditions
from engagement.services.recounts import recount
from requests_app.models import DataRequest, RequestVote
from tests.factories.accounts import EmailAddressFactory, UserFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO, TODAY = NOW - timedelta(days=400), NOW - timedelta(hours=2)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
numbers = count()


@pytest.fixture
def thing():
    return DataRequestFactory()


def voter(email, joined=LONG_AGO):
    user = User.objects.create(email=email, date_joined=joined)
    EmailAddressFactory(user=user)
    return user


def cast(thing, email, address, *, joined=LONG_AGO, browser=FIREFOX, at=NOW):
    trace = Trace(address=address, browser=browser)
    return votes.cast(board=board_of("requests"), thing=thing, voter=voter(email, joined), now=at, trace=trace)


def flagged(cast_votes):
    """The share of these votes that does not count."""
    checks.check_votes(now=NOW)
    rows = RequestVote.objects.filter(pk__in=[vote.pk for vote in cast_votes])
    return rows.filter(is_provisional=True).count() / len(cast_votes)


def somebody():
    """An address as people have them: names of their own, some with a year of birth, at many providers."""
    number = next(numbers)
    names = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Radia", "Donald", "Leslie", "Niklaus", "Frances"]
    local = f"{names[number % 10].lower()}.{'abcdefghij'[number // 10 % 10]}{'klmnopqrst'[number // 100 % 10]}"
    return f"{local}{1950 + number % 50 if number % 3 == 0 else ''}@{('example.org', 'example.com', 'example.net')[number % 3]}"


def honest(thing):
    """Forty households of three with a network each, newcomers among them; and a hub of eighty behind one trusted network."""
    TrustedNetwork.objects.create(network="198.51.100.0/24", label="Hub", until=NOW + timedelta(days=2))
    homes = [
        cast(
            thing, somebody(), f"203.0.113.{home}", joined=NOW - timedelta(hours=2) if person == 0 and home % 4 == 0 else LONG_AGO
        )
        for home in range(40)
        for person in range(3)
    ]
    return homes + [cast(thing, somebody(), "198.51.100.7", joined=TODAY) for _ in range(80)]


def name(number):
    return "abcdefghij"[number // 10] + "klmnopqrst"[number % 10]


# From a number to an address, a network, and when the account was made.
FRAUDS = {
    "one network × 100": lambda n: (f"{name(n)}@example.info", "192.0.2.9", LONG_AGO),
    "one /64 × 100": lambda n: (f"{name(n)}@example.info", f"2001:db8::{n:x}", LONG_AGO),
    "100 networks × 1, accounts of the day": lambda n: (f"{name(n)}@example.info", f"2001:db8:{n:x}::1", NOW),
    "100 networks × 1, old accounts after one pattern": lambda n: (f"voter{n}@example.info", f"2001:db8:{n:x}::1", LONG_AGO),
    "disposable mailboxes": lambda n: (f"{name(n)}@mailinator.com", f"2001:db8:{n:x}::1", LONG_AGO),
}


@pytest.mark.parametrize("kind", FRAUDS)
def test_one_hand_is_found_and_honest_people_are_not_taken_for_it(thing, kind):
    bystanders = honest(thing)
    bad = []
    for number in range(100):
        email, address, joined = FRAUDS[kind](number)
        bad.append(cast(thing, email, address, joined=joined, browser=f"{FIREFOX} {number % 7}"))

    assert flagged(bad) >= 0.95
    assert flagged(bystanders) <= 0.01
    vote_log.extend_chain()
    assert recount() == []


def test_what_is_set_aside_is_confirmed_and_stays_so(thing):
    bad = [cast(thing, f"voter{number}@example.info", f"2001:db8:{number:x}::1") for number in range(6)]
    assert flagged(bad) == 1
    vote_log.extend_chain()
    assert DataRequest.objects.get().votes_counted == 0

    board, rows = board_of("requests"), RequestVote.objects.all()
    assert checks.confirm(board=board, votes=rows, moderator=UserFactory(), now=NOW) == 6
    assert checks.confirm(board=board, votes=rows, moderator=UserFactory(), now=NOW) == 0

    assert flagged(bad) == 0
    vote_log.extend_chain()
    assert DataRequest.objects.get().votes_counted == 6
    assert recount() == []


@pytest.fixture
def invaded(thing):
    for number in range(4):
        cast(thing, f"{'abcd'[number]}@example.info", "192.0.2.9")
    cast(thing, "ada@example.org", "203.0.113.5")
    return thing


def invalidated(conditions, *, by):
    board = board_of("requests")
    proposed = invalidations.propose(board=board, conditions=conditions, reason="One hand.", actor=by[0], now=NOW)
    assert not RequestVote.objects.exclude(invalidation=None).exists()
    return invalidations.approve(invalidation=proposed, actor=by[1], now=NOW)


@pytest.mark.parametrize(
    "conditions",
    [
        Conditions(network="192.0.2.9"),
        Conditions(domain="Example.info"),
        Conditions(network="192.0.2.9", since=NOW.isoformat(), until=NOW.isoformat()),
    ],
)
def test_votes_are_invalidated_by_two_people_and_given_back(invaded, conditions):
    people = UserFactory.create_batch(2)
    assert invalidations.matching(board_of("requests"), conditions).count() == 4

    row = invalidated(conditions, by=people)
    vote_log.extend_chain()
    assert (row.number, DataRequest.objects.get().votes_counted) == (4, 1)
    assert invalidations.approve(invalidation=row, actor=people[1], now=NOW).approved_at == row.approved_at
    assert recount() == []

    invalidations.undo(invalidation=row, actor=people[0], now=NOW)
    invalidations.undo(invalidation=row, actor=people[0], now=NOW)
    vote_log.extend_chain()
    assert DataRequest.objects.get().votes_counted == 5
    assert recount() == []


def test_nobody_invalidates_alone_or_without_conditions(invaded):
    user = UserFactory()
    with pytest.raises(SecondPersonNeeded):
        invalidated(Conditions(domain="example.info"), by=[user, user])
    with pytest.raises(NoConditions):
        invalidated(Conditions(thing=str(invaded.pk)), by=[user, user])


def test_a_vote_taken_out_does_not_count_again_by_taking_it_back_and_voting_anew(invaded):
    invalidated(Conditions(domain="example.info"), by=UserFactory.create_batch(2))
    vote = RequestVote.objects.exclude(invalidation=None).first()
    votes.withdraw(board=board_of("requests"), thing=invaded, voter=vote.voter, now=NOW)
    votes.cast(board=board_of("requests"), thing=invaded, voter=vote.voter, now=NOW)
    assert RequestVote.objects.get(pk=vote.pk).state == "invalidated"


def test_hints_go_in_time_and_the_log_still_agrees(invaded):
    vote_log.extend_chain()
    assert "192.0.2.9" not in str(list(VoteHint.objects.values()))
    hints.forget(now=NOW + timedelta(days=91))
    assert not VoteHint.objects.exists()
    hints.forget(now=NOW + timedelta(days=99))
    assert not HintSalt.objects.exists()
    assert recount() == []


def test_a_network_is_known_again_after_a_week_though_the_salt_is_another(thing):
    cast(thing, "a@example.info", "192.0.2.9", at=NOW - timedelta(days=10))
    cast(thing, "b@example.info", "192.0.2.9")
    assert HintSalt.objects.count() == 2
    assert invalidations.matching(board_of("requests"), Conditions(network="192.0.2.9")).count() == 2
