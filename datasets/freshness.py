"""Whether a dataset keeps the rhythm that it promises."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
PATIENCE = 1.5


@dataclass(frozen=True, slots=True)
class Freshness:
    """`due_on`: when the next update is owed; `is_late`: half a period has passed since then."""

    due_on: date
    is_late: bool


def period_of(frequency: str) -> timedelta | None:
    """The length of an ISO 8601 duration of the frequency vocabulary, `P0.5W` among them; `None` for other codes."""
    match = re.fullmatch(r"P(\d+(?:\.\d+)?)([DWMY])", frequency)
    return timedelta(days=float(match[1]) * DAYS[match[2]]) if match else None


def freshness(*, frequency: str, updated_on: date | None, today: date) -> Freshness | None:
    """How a dataset stands to its rhythm; `None` where it has none, or where nobody knows when it was updated."""
    period = period_of(frequency)
    if period is None or updated_on is None:
        return None
    days = max(period.days, 1)
    return Freshness(updated_on + timedelta(days=days), today > updated_on + timedelta(days=max(days * PATIENCE, days + 2)))
