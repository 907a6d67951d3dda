"""Prove the log of votes, and count from it anew."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count
from django.utils.crypto import constant_time_compare

from ..boards import Board, boards
from ..enums import VoteState
from ..models import ChainLink, ChainSeal, Proof, VoteEvent
from .vote_log import count, extend_chain, seal_of

ROWS_AT_ONCE = 2_000
MOST_FAULTS_KEPT = 100
CHAINED_WITHIN = timedelta(minutes=10)  # what is not in the chain by then has been left by the job


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not agree: `where` (the chain, a seal, a vote, a tally), and a sentence."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What the last line about a ballot says."""

    board: str
    thing: str
    state: str


class _Ledger:
    """What the log says, gathered while it is walked."""

    def __init__(self) -> None:
        self.last: dict[UUID, _Said] = {}
        self.uncounted: set[tuple[str, str]] = set()

    def take(self, event: VoteEvent) -> None:
        self.last[event.ballot] = _Said(event.board, event.thing, event.state)

    def tallies(self, board: Board) -> Counter[str]:
        return Counter(said.thing for said in self.last.values() if (said.board, said.state) == (board.key, VoteState.COUNTED))


def recount(*, repair: bool = False) -> list[Fault]:
    """Walk the chain, the seals, the votes and the tallies. Returns what does not agree; nothing means that all does.

    People may vote meanwhile: all is read as it stood at one instant, and what was not chained by then is left to the next run.

    Args:
        repair: write the tallies anew from the votes; the log and the votes are never changed.
    """
    ledger = _Ledger()
    with _instant():
        faults = [*_faults_of_chain(ledger), *_faults_of_seals()]
        for board in boards("votes"):
            faults += [*_faults_of_votes(board, ledger), *_faults_of_tallies(board, ledger)]
    if repair:
        for board in boards("votes"):
            count(board)
    return faults


def prove(*, now: datetime, repair: bool = False) -> list[Fault]:
    """Chain what is new, recount, and keep what was found for the moderators' and the public's pages. See `recount`.

    That the job which chains has left lines is a fault too, told once: they are chained here.
    """
    late = list(_late_lines(now))
    extend_chain()
    faults = [*late, *recount(repair=repair)]
    said = [f"{fault.where}: {fault.text}" for fault in faults[:MOST_FAULTS_KEPT]]
    Proof.objects.create(at=now, lines=ChainLink.objects.count(), faults=said)
    return faults


def compare_seals(kept: Iterable[tuple[datetime, str]]) -> list[Fault]:
    """What differs from seals that somebody kept: whoever holds the portal's key and rewrites all of it cannot rewrite those."""
    here = dict(ChainSeal.objects.values_list("at", "seal"))
    return [
        Fault("seal", f"The seal of {at.isoformat(timespec='minutes')} is not the one that was kept.")
        for at, seal in kept
        if here.get(at) != seal
    ]


@contextmanager
def _instant() -> Iterator[None]:
    """All that the block reads is as it stood when it began."""
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if is_first and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _faults_of_chain(ledger: _Ledger) -> Iterator[Fault]:
    """Follow the links. One fault is told once: the walk goes on from what the link says."""
    position, digest = 0, ""
    for link, event in _lines():
        position += 1
        if link.position != position:
            yield Fault("chain", f"Links {position} to {link.position - 1} are missing.")
            position = link.position
        elif event is None:
            yield Fault("chain", f"Line {link.event_id} was deleted.")
        elif event.digest_after(digest, position) != link.digest:
            yield Fault("chain", f"Line {link.event_id} was changed, or what stands before it.")
        if event is not None:
            ledger.take(event)
        digest = link.digest
    for event in VoteEvent.objects.unchained().iterator():
        ledger.take(event)
        ledger.uncounted.add((event.board, event.thing))


def _late_lines(now: datetime) -> Iterator[Fault]:
    late = VoteEvent.objects.unchained().filter(at__lt=now - CHAINED_WITHIN).order_by("board")
    for board, number in late.values_list("board").annotate(number=Count("pk")):
        minutes = CHAINED_WITHIN // timedelta(minutes=1)
        yield Fault("chain", f"{board}: not chained for more than {minutes} minutes: {number}. The job that counts stands still.")


def _lines() -> Iterator[tuple[ChainLink, VoteEvent | None]]:
    """The links in their order, each with its line, if that is still there."""
    after = 0
    while links := list(ChainLink.objects.filter(position__gt=after)[:ROWS_AT_ONCE]):
        events = VoteEvent.objects.in_bulk([link.event_id for link in links])
        for link in links:
            yield link, events.get(link.event_id)
        after = links[-1].position


def _faults_of_seals() -> Iterator[Fault]:
    for seal in ChainSeal.objects.order_by("at"):
        at = seal.at.isoformat(timespec="minutes")
        link = ChainLink.objects.filter(position=seal.position).first() if seal.position else None
        if not constant_time_compare(seal.seal, seal_of(seal.at, seal.digest)):
            yield Fault("seal", f"The seal of {at} is not the portal's.")
        elif seal.position and link is None:
            yield Fault("seal", f"The chain ends before the place that was sealed at {at}.")
        elif link and link.digest != seal.digest:
            yield Fault("seal", f"The chain is not the one that was sealed at {at}.")


def _faults_of_votes(board: Board, ledger: _Ledger) -> Iterator[Fault]:
    """Each vote is what the last line about it says, and each line is about a vote."""
    unseen = {ballot for ballot, said in ledger.last.items() if said.board == board.key}
    for vote in board.votes.objects.order_by("pk").iterator(ROWS_AT_ONCE):
        unseen.discard(vote.ballot)
        if vote.ballot not in ledger.last:
            yield Fault("vote", f"{board.key}: the log does not know the vote {vote.ballot}.")
        elif ledger.last[vote.ballot] != _Said(board.key, str(vote.thing_id), vote.state):
            yield Fault("vote", f"{board.key}: the vote {vote.ballot} is not what the log says.")
    for ballot in sorted(unseen):
        yield Fault("vote", f"{board.key}: the vote {ballot} is gone.")


def _faults_of_tallies(board: Board, ledger: _Ledger) -> Iterator[Fault]:
    tallies = ledger.tallies(board)
    for pk, stored in board.things.order_by("pk").values_list("pk", "votes_counted").iterator(ROWS_AT_ONCE):
        counted = tallies[str(pk)]
        if stored != counted and (board.key, str(pk)) not in ledger.uncounted:
            yield Fault("tally", f"{board.key} {pk}: the tally says {stored}, the log {counted}.")
