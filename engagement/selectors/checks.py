"""Votes that were set aside: what belongs together, and what the hints tell of it. No address, no name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..boards import Board, boards
from ..enums import VoteFlag
from ..models import VoteHint

MARK_LENGTH = 10  # of a hash, on pages: enough to tell two apart, and to name one in conditions
COMMONEST = 3


@dataclass
class Group:
    """The votes for one thing that were set aside for one reason."""

    board: Board
    thing: Any
    flag: VoteFlag
    number: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A vote of a group, and whence it came as far as that is kept."""

    vote: Any
    hint: VoteHint | None

    @property
    def marks(self) -> tuple[str, str, str]:
        """Of network, browser and pattern; empty where nobody knows."""
        if self.hint is None:
            return "", "", ""
        return self.hint.network[:MARK_LENGTH], self.hint.browser[:MARK_LENGTH], self.hint.shape[:MARK_LENGTH]


@dataclass
class Common:
    """What the votes of a group share."""

    number: int = 0
    new_accounts: int = 0
    networks: Counter[str] = field(default_factory=Counter)
    browsers: Counter[str] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)

    @property
    def kinds(self) -> list[tuple[str, int, list[tuple[str, int]]]]:
        """Name of the condition, how many different ones, and the commonest with their numbers."""
        counters = (("network", self.networks), ("browser", self.browsers), ("shape", self.shapes), ("domain", self.domains))
        return [(name, len(counter), counter.most_common(COMMONEST)) for name, counter in counters]


def groups() -> list[Group]:
    """Everything that is set aside, the most votes first; two queries a board."""
    found: dict[tuple[str, Any, str], Group] = {}
    for board in boards("votes"):
        rows = list(_set_aside(board).values_list("thing_id", "flags", "cast_at"))
        things = board.things.in_bulk({pk for pk, _flags, _at in rows})
        for pk, flags, at in rows:
            for flag in flags:
                group = found.setdefault((board.key, pk, flag), Group(board, things[pk], VoteFlag(flag)))
                group.number += 1
                group.first = min(group.first or at, at)
                group.last = max(group.last or at, at)
    return sorted(found.values(), key=lambda group: (-group.number, group.board.key, str(group.thing.pk), group.flag))


def by_flag(rows: Iterable[Group]) -> list[tuple[VoteFlag, int]]:
    """How many votes stand aside for each reason; one that has two counts for both."""
    numbers: Counter[VoteFlag] = Counter()
    for group in rows:
        numbers[group.flag] += group.number
    return numbers.most_common()


def votes_of(board: Board, thing: Any, flag: str) -> list[Any]:
    """The votes of a group, oldest first."""
    return [vote for vote in _set_aside(board).filter(thing=thing).order_by("cast_at", "pk") if flag in vote.flags]


def lines_of(board: Board, votes: list[Any]) -> list[Line]:
    hints = _hints(board, votes)
    return [Line(vote, hints.get(vote.ballot)) for vote in votes]


def common_of(board: Board, votes: list[Any]) -> Common:
    common = Common(number=len(votes))
    for hint in _hints(board, votes).values():
        common.new_accounts += hint.is_new_account
        for counter, text in (
            (common.networks, hint.network[:MARK_LENGTH]),
            (common.browsers, hint.browser[:MARK_LENGTH]),
            (common.shapes, hint.shape[:MARK_LENGTH]),
            (common.domains, hint.domain),
        ):
            if text:
                counter[text] += 1
    return common


def _set_aside(board: Board) -> Any:
    return board.votes.objects.standing().filter(is_provisional=True, invalidation=None)


def _hints(board: Board, votes: list[Any]) -> dict[Any, VoteHint]:
    rows = VoteHint.objects.filter(board=board.key)
    return {hint.ballot: hint for hint in rows.filter(ballot__in=[vote.ballot for vote in votes])}
