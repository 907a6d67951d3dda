"""Take votes of one hand out of the count: proposed by conditions, approved by a second person, taken back if that was wrong."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.activity import record
from accounts.models import User

from ..boards import Board, board_of
from ..enums import VoteEventKind
from ..errors import NoConditions, ReasonMissing, SecondPersonNeeded
from ..models import Invalidation, VoteHint
from .hints import hashed, network_of, salts
from .vote_log import log
from .votes import ask_to_count


@dataclass(frozen=True, slots=True)
class Conditions:
    """Which votes; an empty condition asks nothing. `network` is an address, `since` and `until` are instants in ISO 8601."""

    thing: str = ""
    network: str = ""
    domain: str = ""
    flag: str = ""
    since: str = ""
    until: str = ""


def matching(board: Board, conditions: Conditions) -> QuerySet[Any]:
    """The votes that are meant and were not taken out already.

    Raises:
        NoConditions: nothing that marks a hand is given.
    """
    has_window = conditions.since and conditions.until
    if not (conditions.network or conditions.domain or conditions.flag or has_window):
        raise NoConditions
    hints = VoteHint.objects.filter(board=board.key)
    votes = board.votes.objects.filter(invalidation=None)
    if conditions.thing:
        votes = votes.filter(thing=conditions.thing)
    if conditions.since:
        hints = hints.filter(at__gte=datetime.fromisoformat(conditions.since))
    if conditions.until:
        hints = hints.filter(at__lte=datetime.fromisoformat(conditions.until))
    if conditions.domain:
        hints = hints.filter(domain=conditions.domain.strip().lower())
    if conditions.network:
        oldest = hints.order_by("at").values_list("at", flat=True).first()
        known = salts(oldest) if oldest else []
        hints = hints.filter(network__in=[hashed(network_of(conditions.network), salt) for salt in known])
    if conditions.flag:
        with_flag = [vote.pk for vote in votes.exclude(flags=[]).only("flags") if conditions.flag in vote.flags]
        votes = votes.filter(pk__in=with_flag)
    asks_hints = conditions.network or conditions.domain or conditions.since or conditions.until
    return votes.filter(ballot__in=hints.values("ballot")) if asks_hints else votes


def propose(*, board: Board, conditions: Conditions, reason: str, actor: User, now: datetime) -> Invalidation:
    """Ask a second person to take votes out.

    Raises:
        ReasonMissing, NoConditions: see there.
    """
    if not reason.strip():
        raise ReasonMissing
    matching(board, conditions)
    said = {"board": board.key, "conditions": asdict(conditions), "reason": reason.strip()}
    found = Invalidation.objects.create(**said, proposed_by=actor, proposed_at=now)
    record("votes.propose_invalidation", found, actor, note=reason.strip(), now=now)
    return found


@transaction.atomic
def approve(*, invalidation: Invalidation, actor: User, now: datetime) -> Invalidation:
    """Take the votes out that the conditions mean now. Again, changes nothing.

    Raises:
        SecondPersonNeeded: the proposer cannot approve.
    """
    row = Invalidation.objects.select_for_update().get(pk=invalidation.pk)
    if row.approved_at is not None:
        return row
    if row.proposed_by_id == actor.pk:
        raise SecondPersonNeeded
    board = board_of(row.board)
    numbers = list(matching(board, Conditions(**row.conditions)).values_list("pk", flat=True))
    votes = list(board.votes.objects.select_for_update().filter(pk__in=numbers, invalidation=None).order_by("pk"))
    row.approved_by, row.approved_at, row.number = actor, now, len(votes)
    row.save()
    _set(board, votes, row, VoteEventKind.INVALIDATE, now)
    record("votes.invalidate", row, actor, details={"number": len(votes)}, now=now)
    return row


@transaction.atomic
def undo(*, invalidation: Invalidation, actor: User, now: datetime) -> Invalidation:
    """Give the votes back. Again, changes nothing."""
    row = Invalidation.objects.select_for_update().get(pk=invalidation.pk)
    if row.approved_at is None or row.undone_at is not None:
        return row
    row.undone_at = now
    row.save()
    board = board_of(row.board)
    votes = list(board.votes.objects.select_for_update().filter(invalidation=row).order_by("pk"))
    _set(board, votes, None, VoteEventKind.REINSTATE, now)
    record("votes.reinstate", row, actor, details={"number": len(votes)}, now=now)
    return row


def _set(board: Board, votes: list[Any], invalidation: Invalidation | None, kind: VoteEventKind, now: datetime) -> None:
    for vote in votes:
        vote.invalidation = invalidation
    board.votes.objects.bulk_update(votes, ["invalidation"], batch_size=500)
    log(board, votes, kind, now)
    ask_to_count()
