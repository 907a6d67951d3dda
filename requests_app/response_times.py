"""How fast a department answers: pure arithmetic over its turns."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Times:
    """One turn. `is_due_kept`: whether its last answer came by the day it was due; unknown while it goes on or was handed on."""

    began_at: datetime
    first_days: float | None
    final_days: float | None
    is_open: bool
    is_overdue: bool
    is_due_kept: bool | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some turns: how many came, got an answer, are open, are overdue; days to the first and to the last answer.

    `kept`: the share of last answers that came by the day they were due, from 0 to 1. What nobody can say yet is `None`.
    """

    received: int
    answered: int
    open: int
    overdue: int
    first_median: float | None
    first_p90: float | None
    final_median: float | None
    final_p90: float | None
    kept: float | None

    @property
    def kept_percent(self) -> int | None:
        return None if self.kept is None else round(self.kept * 100)


def times(
    *,
    began_at: datetime,
    answered_at: datetime | None,
    ended_at: datetime | None,
    is_handed_on: bool,
    due_on: date,
    now_due_on: date | None,
    ended_on: date | None,
    today: date,
) -> Times:
    """
    Args:
        due_on: the day that the turn was given; `now_due_on` the one that stands now.
        ended_on: the day of `ended_at` where the portal stands.
    """
    is_final = ended_at is not None and not is_handed_on
    return Times(
        began_at=began_at,
        first_days=(answered_at - began_at) / DAY if answered_at else None,
        final_days=(ended_at - began_at) / DAY if is_final and ended_at else None,
        is_open=ended_at is None,
        is_overdue=ended_at is None and now_due_on is not None and now_due_on < today,
        is_due_kept=ended_on <= due_on if is_final and ended_on else None,
    )


def figures(turns: Iterable[Times]) -> Figures:
    found = list(turns)
    first = [each.first_days for each in found if each.first_days is not None]
    final = [each.final_days for each in found if each.final_days is not None]
    kept = [each.is_due_kept for each in found if each.is_due_kept is not None]
    return Figures(
        received=len(found),
        answered=len(first),
        open=sum(each.is_open for each in found),
        overdue=sum(each.is_overdue for each in found),
        first_median=shown(median(first)) if first else None,
        first_p90=shown(percentile(first, 90)) if first else None,
        final_median=shown(median(final)) if final else None,
        final_p90=shown(percentile(final, 90)) if final else None,
        kept=sum(kept) / len(kept) if kept else None,
    )


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that at least `share` of a hundred do not exceed: the nearest rank, which was really measured."""
    return sorted(values)[math.ceil(len(values) * share / 100) - 1]


def shown(days: float) -> float:
    """As people say it: 0.4, 3.5, 17."""
    rounded = round(max(days, 0), 1 if days < 10 else None)
    return int(rounded) if rounded == int(rounded) else rounded
