"""Take votes of one hand out of the count: proposed by conditions, approved by a second person, taken back if that was wrong."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.activity import record
from accounts.models import User

from ..boards import Board, board_of
from ..enums import VoteEventKind
from ..errors import NoConditions, ProposalTakenBack, ReasonMissing, SecondPersonNeeded
from ..models import Invalidation, VoteHint, VoteQuerySet
from .hints import hashed, network_of, pattern_of, salts
from .vote_log import log
from .votes import ask_to_count

MARK = re.compile(r"[0-9a-f]{10,64}")  # the beginning of a hash, as pages show it
HASHED: dict[str, Callable[[str], str]] = {"network": network_of, "browser": str, "shape": pattern_of}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Which votes; an empty condition asks nothing.

    `network` is an address, `browser` what one calls itself, `shape` a mail address after whose pattern the others are made: each
    may be marks instead, parted by spaces. `since` and `until` are instants in ISO 8601. `is_new_account` narrows, and marks no
    hand by itself.
    """

    thing: str = ""
    network: str = ""
    browser: str = ""
    shape: str = ""
    domain: str = ""
    flag: str = ""
    is_new_account: bool = False
    since: str = ""
    until: str = ""

    @property
    def mark_a_hand(self) -> bool:
        return any((self.network, self.browser, self.shape, self.domain, self.flag, self.since and self.until))


def matching(board: Board, conditions: Conditions) -> VoteQuerySet:
    """The votes that are meant and were not taken out already.

    Raises:
        NoConditions: nothing that marks a hand is given.
    """
    if not conditions.mark_a_hand:
        raise NoConditions
    votes: VoteQuerySet = board.votes.objects.filter(invalidation=None)
    if conditions.thing:
        votes = votes.filter(thing=conditions.thing)
    if conditions.flag:
        with_flag = [vote.pk for vote in votes.exclude(flags=[]).only("flags") if conditions.flag in vote.flags]
        votes = votes.filter(pk__in=with_flag)
    hints = _asked_of_hints(marked(board, conditions))
    return votes.filter(ballot__in=VoteHint.objects.filter(hints, board=board.key).values("ballot")) if hints else votes


def marked(board: Board, conditions: Conditions) -> Conditions:
    """The same with marks in place of addresses: they tell nobody's address, and mean nothing once the salts are gone."""
    oldest = VoteHint.objects.filter(board=board.key).order_by("at").values_list("at", flat=True).first()
    known = list(salts(oldest)) if oldest else []
    marks: dict[str, Any] = {}
    for name, plain in HASHED.items():
        words = getattr(conditions, name)
        if words and not all(MARK.fullmatch(word) for word in words.split()):
            marks[name] = " ".join(hashed(plain(words.strip()), salt) for salt in known).strip() or "0" * 64
    return replace(conditions, **marks)


def _asked_of_hints(conditions: Conditions) -> Q:
    asked = Q()
    for name in HASHED:
        either = Q()
        for mark in getattr(conditions, name).split():
            either |= Q(**{f"{name}__startswith": mark})
        asked &= either
    if conditions.domain:
        asked &= Q(domain=conditions.domain.strip().lower())
    if conditions.is_new_account:
        asked &= Q(is_new_account=True)
    if conditions.since:
        asked &= Q(at__gte=datetime.fromisoformat(conditions.since))
    if conditions.until:
        asked &= Q(at__lte=datetime.fromisoformat(conditions.until))
    return asked


def propose(*, board: Board, conditions: Conditions, reason: str, actor: User, now: datetime) -> Invalidation:
    """Ask a second person to take votes out.

    Raises:
        ReasonMissing, NoConditions: see there.
    """
    if not reason.strip():
        raise ReasonMissing
    matching(board, conditions)
    said = {"board": board.key, "conditions": asdict(marked(board, conditions)), "reason": reason.strip()}
    found = Invalidation.objects.create(**said, proposed_by=actor, proposed_at=now)
    record("votes.propose_invalidation", found, actor, note=reason.strip(), now=now)
    return found


@transaction.atomic
def approve(*, invalidation: Invalidation, actor: User, now: datetime) -> Invalidation:
    """Take the votes out that the conditions mean now. Again, changes nothing.

    Raises:
        SecondPersonNeeded: the proposer cannot approve.
        ProposalTakenBack: it is no longer proposed.
    """
    row = Invalidation.objects.select_for_update().get(pk=invalidation.pk)
    if row.approved_at is not None:
        return row
    if row.undone_at is not None:
        raise ProposalTakenBack
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
    """Give the votes back, or take back a proposal that nobody has approved. Again, changes nothing."""
    row = Invalidation.objects.select_for_update().get(pk=invalidation.pk)
    if row.undone_at is not None:
        return row
    row.undone_at = now
    row.save()
    if row.approved_at is None:
        record("votes.take_back_proposal", row, actor, now=now)
        return row
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
