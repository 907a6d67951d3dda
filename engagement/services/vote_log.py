"""The log of votes: written with them, chained and counted by a job, sealed on the hour."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from opengov.locks import lock

from ..boards import Board, boards
from ..enums import VoteEventKind
from ..models import AbstractVote, ChainLink, ChainSeal, VoteEvent

LINKS_AT_ONCE = 1_000


def log(board: Board, votes: Iterable[AbstractVote], kind: VoteEventKind, now: datetime) -> None:
    """Add a line for each vote, with the state that it has now, in the caller's transaction."""
    VoteEvent.objects.bulk_create(
        [
            VoteEvent(board=board.key, thing=str(vote.thing_id), ballot=vote.ballot, kind=kind, state=vote.state, at=now)
            for vote in votes
        ]
    )


def extend_chain() -> int:
    """Put the lines that are not in the chain yet behind it, and count what they are about. Returns how many lines.

    Lines are taken in the order in which they are found committed, by number: one that was written before another and committed
    after it comes behind it, and no line is missed. The lines of one ballot are never out of order: its row is locked.
    """
    done = 0
    with lock("engagement.chain"):
        while linked := _link_some():
            done += linked
    return done


@transaction.atomic
def _link_some() -> int:
    events = list(VoteEvent.objects.unchained().order_by("pk")[:LINKS_AT_ONCE])
    last = ChainLink.objects.last()
    start, digest = (last.position, last.digest) if last else (0, "")
    links = []
    for position, event in enumerate(events, start=start + 1):
        digest = event.digest_after(digest, position)
        links.append(ChainLink(position=position, event_id=event.pk, digest=digest))
    ChainLink.objects.bulk_create(links)
    for board in boards("votes"):
        if touched := {event.thing for event in events if event.board == board.key}:
            count(board, sorted(touched))
    return len(events)


def count(board: Board, things: Sequence[str] | None = None) -> None:
    """Write how many votes count for these things, or for all of the board."""
    rows = board.things if things is None else board.things.filter(pk__in=things)
    rows.update(votes_counted=counted(board))


def counted(board: Board) -> Coalesce:
    """How many votes count for a thing, as an expression in a query of the board's things."""
    votes = board.votes.objects.counted().filter(thing=OuterRef("pk")).order_by()
    number = votes.values("thing").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def seal(*, now: datetime) -> ChainSeal:
    """Seal the head of the chain for this hour. Asked again within it, gives the seal that there is."""
    extend_chain()
    hour = now.replace(minute=0, second=0, microsecond=0)
    last = ChainLink.objects.last()
    position, digest = (last.position, last.digest) if last else (0, "")
    sealed = {"position": position, "digest": digest, "seal": seal_of(hour, digest)}
    return ChainSeal.objects.get_or_create(at=hour, defaults=sealed)[0]


def seal_of(at: datetime, digest: str) -> str:
    """What is published of a head: 64 hexadecimal digits that tell nothing without the portal's key."""
    words = f"{at.timestamp():.0f} {digest}"
    return salted_hmac("engagement.seal", words, secret=settings.VOTER_KEY, algorithm="sha256").hexdigest()
