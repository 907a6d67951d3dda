"""How long records stand in a state, against the target in days that the settings give for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.conf import settings

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """`days_over`: whole days since the target passed, 1 on the first; 0 where it has not passed, or where the state has none."""

    days: float
    target: int | None

    @property
    def days_over(self) -> int:
        return max(int(self.days - self.target), 1) if self.target is not None and self.days > self.target else 0


@dataclass(frozen=True, slots=True)
class Figures:
    """One state: the records in it now, how many of them are overdue, and days spent in it, where any were."""

    state: str
    target: int | None
    count: int
    overdue: int
    median_days: float | None
    longest_days: float | None


def wait_of(state: str, since: datetime, now: datetime) -> Wait:
    return Wait((now - since) / DAY, settings.TARGET_DAYS.get(state))


def figures(state: str, present: Sequence[Wait], past: Sequence[float]) -> Figures:
    """Of the records that are in a state, and of the days that others were in it."""
    days = [*past, *(wait.days for wait in present)]
    overdue = sum(wait.days_over > 0 for wait in present)
    middle, longest = (shown(median(days)), shown(max(days))) if days else (None, None)
    return Figures(state, settings.TARGET_DAYS.get(state), len(present), overdue, middle, longest)


def shown(days: float) -> float:
    """As people say it: 0.4, 3.5, 4, 17."""
    rounded = round(max(days, 0), 1 if days < 10 else None)
    return int(rounded) if rounded == int(rounded) else rounded
