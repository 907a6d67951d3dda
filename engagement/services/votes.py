"""Vote and take a vote back. No counter stands on this way: the chain's job counts (see `vote_log`)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from accounts.models import User
from opengov.jobs import enqueue_soon

from ..boards import Board
from ..enums import VoteEventKind, VoteFlag, VoteState
from ..errors import NotOpenForVotes, VotedAlready
from ..models import AbstractVote
from . import hints
from .checks import is_disposable
from .hints import Trace
from .vote_log import log
from .voters import voter_key

NO_TRACE = Trace()
BEST_FIRST = (VoteState.COUNTED, VoteState.PROVISIONAL, VoteState.INVALIDATED, VoteState.WITHDRAWN)
STANDING = ("flags", "is_provisional", "invalidation")
COUNT_AFTER = timedelta(seconds=5)  # one job counts for all who vote in this time


@transaction.atomic
def cast(*, board: Board, thing: Any, voter: User, now: datetime, trace: Trace = NO_TRACE) -> AbstractVote:
    """Vote for a thing. Asked again, changes nothing; a vote that was withdrawn stands again.

    Raises:
        AddressNotConfirmed: see there.
        VotedAlready: the same mailbox voted by another account.
        NotOpenForVotes: the board does not let this person vote for it, or no longer does.
    """
    key, held = voter_key(voter), _held(board, thing)
    vote, is_new = _own(board, thing, voter, key, now)
    if vote.voter_id not in (None, voter.pk):
        raise VotedAlready
    if not board.may_vote(voter, held):
        raise NotOpenForVotes
    if not is_new and vote.withdrawn_at is None and vote.voter_id == voter.pk:
        return vote
    vote.voter, vote.withdrawn_at = voter, None
    hint = hints.keep(board=board, vote=vote, trace=trace, now=now)
    if VoteFlag.DISPOSABLE not in vote.flags and is_disposable(hint.domain):
        vote.flags, vote.is_provisional = [*vote.flags, VoteFlag.DISPOSABLE.value], True
    if not is_new or vote.flags:
        vote.save(update_fields=["voter", "withdrawn_at", "flags", "is_provisional"])
    log(board, [vote], VoteEventKind.CAST, now)
    ask_to_count()
    return vote


@transaction.atomic
def withdraw(*, board: Board, thing: Any, voter: User, now: datetime) -> AbstractVote | None:
    """Take one's vote back, whatever has become of it. Asked again, or without a vote, changes nothing.

    Raises:
        NotOpenForVotes: the votes are closed.
    """
    vote: AbstractVote | None = board.votes.objects.select_for_update().filter(thing=thing, voter=voter).first()
    if vote is None or vote.withdrawn_at is not None:
        return vote
    if not board.may_vote(voter, board.things.get(pk=thing.pk)):
        raise NotOpenForVotes
    vote.withdrawn_at = now
    vote.save(update_fields=["withdrawn_at"])
    log(board, [vote], VoteEventKind.WITHDRAW, now)
    ask_to_count()
    return vote


@transaction.atomic
def move_votes(*, board: Board, source: Any, target: Any, now: datetime) -> int:
    """Give a thing's votes to another with which it was merged, each voter once. Returns how many moved. Again, moves nothing.

    Who voted for both keeps the vote for the target, which stands as the better of the two did: one that is being checked, or was
    invalidated, changes its standing with one that counts. The caller has locked both things, and made the
    source take no votes: who is just voting for it waits, and is then refused.
    """
    rows = board.votes.objects.select_for_update().filter(thing__in=[source, target]).order_by("pk")
    votes = list(rows)
    kept = {key: vote for vote in votes if vote.thing_id == target.pk for key in _persons(vote)}
    moved, doubled, raised = [], [], []
    for vote in votes:
        if vote.thing_id == target.pk:
            continue
        twin = next((kept[key] for key in _persons(vote) if key in kept), None)
        if twin is None:
            vote.thing = target
            moved.append(vote)
            kept |= dict.fromkeys(_persons(vote), vote)
        elif vote.withdrawn_at is None:
            if BEST_FIRST.index(vote.state) < BEST_FIRST.index(twin.state):
                _change_standing(vote, twin)
                raised.append(twin)
            vote.withdrawn_at = now
            doubled.append(vote)
    columns = ["thing", "withdrawn_at", *STANDING]
    board.votes.objects.bulk_update(moved + doubled + raised, columns, batch_size=500)
    log(board, [*moved, *doubled, *raised], VoteEventKind.MOVE, now)
    ask_to_count()
    return len(moved)


def _change_standing(vote: AbstractVote, twin: AbstractVote) -> None:
    """Give the twin what the vote is worth, and the vote what the twin was found to be: no finding is lost."""
    twin.withdrawn_at = None
    for name in STANDING:
        mine, its = getattr(vote, name), getattr(twin, name)
        setattr(vote, name, its)
        setattr(twin, name, mine)


def _persons(vote: AbstractVote) -> list[Any]:
    """By what a voter is known: the mailbox, and the account."""
    return [vote.voter_key, *([vote.voter_id] if vote.voter_id else [])]


def ask_to_count() -> None:
    """Have the votes counted soon after the commit."""
    enqueue_soon("engagement.tasks.count_votes", after=COUNT_AFTER)


def _held(board: Board, thing: Any) -> Any:
    """The thing as it is, held as a foreign key to it would hold it: others may hold it too, so that voters do not queue.

    Who moves or closes the thing locks it, and so waits for this vote, or has this vote wait before it is written: written first,
    it would wait for a merge with its place in the index taken, while the merge waits for that place.
    """
    row = board.things.filter(pk=thing.pk)
    if connection.vendor != "postgresql":
        return row.get()
    sql, parameters = row.order_by().query.sql_with_params()
    return board.things.raw(f"{sql} FOR KEY SHARE", parameters)[0]


def _own(board: Board, thing: Any, voter: User, key: str, now: datetime) -> tuple[AbstractVote, bool]:
    """The person's vote, locked, and whether it was made just now: parallel requests of one person meet in the constraint."""
    mine = board.votes.objects.select_for_update().filter(Q(voter=voter) | Q(voter_key=key), thing=thing).order_by("pk")
    if found := mine.first():
        return found, False
    try:
        with transaction.atomic():
            return board.votes.objects.create(thing=thing, voter=voter, voter_key=key, cast_at=now), True
    except IntegrityError:
        return mine.get(), False
