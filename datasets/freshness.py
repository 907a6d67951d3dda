"""Whether a dataset keeps the rhythm that it promises."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .enums import FreshnessState

DAYS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
PATIENCE = 1.5
SOON = 0.1


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Days after an update: `days` until the next is owed, `soon` until it is due soon, `patience` after which it is late."""

    days: int
    soon: int
    patience: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """`due_on`: when the next update is owed; it is due soon in the last tenth of a period, and late half a period after it."""

    due_on: date
    is_past_due: bool
    state: FreshnessState

    @property
    def is_late(self) -> bool:
        return self.state == FreshnessState.LATE


def period_of(frequency: str) -> timedelta | None:
    """The length of an ISO 8601 duration of the frequency vocabulary, `P0.5W` among them; `None` for other codes."""
    match = re.fullmatch(r"P(\d+(?:\.\d+)?)([DWMY])", frequency)
    return timedelta(days=float(match[1]) * DAYS[match[2]]) if match else None


def rhythm_of(frequency: str) -> Rhythm | None:
    period = period_of(frequency)
    if period is None:
        return None
    days = max(period.days, 1)
    return Rhythm(days, days - int(days * SOON), int(max(days * PATIENCE, days + 2)))


def freshness(*, frequency: str, updated_on: date | None, today: date) -> Freshness | None:
    """How a dataset stands to its rhythm; `None` where it has none, or where nobody knows when it was updated."""
    rhythm = rhythm_of(frequency)
    if rhythm is None or updated_on is None:
        return None
    age = (today - updated_on).days
    state = FreshnessState.CURRENT
    if age > rhythm.patience:
        state = FreshnessState.LATE
    elif age >= rhythm.soon:
        state = FreshnessState.DUE_SOON
    return Freshness(updated_on + timedelta(days=rhythm.days), age > rhythm.days, state)
