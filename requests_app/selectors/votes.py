"""When the votes for a request came: those that count, and nothing of who gave them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from opengov.charts import BarChart, bar_chart
from opengov.dates import short_day_text, short_month_text

from ..models import DataRequest

MOST_WEEKS = 26
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class VotesOverTime:
    """One bar for each week, or month, without gaps, oldest first."""

    by_month: bool
    chart: BarChart


def votes_over_time(row: DataRequest, today: date) -> VotesOverTime | None:
    """By week since the request was written, by month once that is long ago; nothing where nobody voted. One query."""
    days = row.votes.counted().annotate(day=TruncDate("cast_at")).order_by("day").values_list("day").annotate(Count("pk"))
    votes: dict[date, int] = dict(days)
    if not votes:
        return None
    first = min(votes)
    by_month = _monday(today) - _monday(first) > MOST_WEEKS * WEEK
    start = (lambda day: day.replace(day=1)) if by_month else _monday
    counts: Counter[date] = Counter()
    for day, count in votes.items():
        counts[start(day)] += count
    steps = _steps(start(first), start(max(today, max(votes))), by_month=by_month)
    label = short_month_text if by_month else short_day_text
    points = [(label(step), counts[step]) for step in steps]
    return VotesOverTime(by_month, bar_chart(points))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _steps(first: date, last: date, *, by_month: bool) -> list[date]:
    found = [first]
    while found[-1] < last:
        found.append((found[-1] + timedelta(days=31)).replace(day=1) if by_month else found[-1] + WEEK)
    return found
