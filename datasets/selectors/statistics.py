"""How much the portal is used: sums of the daily counts, in a few queries however many datasets there are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from ..enums import Counted
from ..models import DailyCount, Dataset
from ..models.datasets import public_now

MONTHS = 13
LATELY = timedelta(days=90)
MOST = 10


@dataclass(frozen=True, slots=True)
class Month:
    """The sums of one month; `day` is its first."""

    day: date
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Used:
    """A dataset and how often it was viewed, or downloaded, of late."""

    dataset: Dataset
    count: int


def months(today: date) -> list[Month]:
    """The last 13 months up to the present one, the oldest first; months without any use too. One query."""
    days = _first_days(today)
    sums: dict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Counted.values, 0))
    rows = DailyCount.objects.filter(dataset=None, day__gte=days[0]).annotate(month=TruncMonth("day"))
    for month, kind, total in rows.values_list("month", "kind").annotate(total=Sum("count")).order_by():
        sums[month][kind] = total
    return [Month(day, sums[day]) for day in days]


def totals() -> dict[str, int]:
    """The sums since counting began. One query."""
    rows = DailyCount.objects.filter(dataset=None).values_list("kind").annotate(total=Sum("count")).order_by()
    return dict.fromkeys(Counted.values, 0) | dict(rows)


def most_used(kind: Counted, today: date) -> list[Used]:
    """The public datasets most viewed, or downloaded, in the last 90 days. Two queries."""
    rows = DailyCount.objects.filter(public_now("dataset__"), kind=kind, day__gt=today - LATELY).values_list("dataset")
    counts = dict(rows.annotate(total=Sum("count")).order_by("-total", "dataset")[:MOST])
    datasets = Dataset.objects.published().select_related("owner_org").in_bulk(list(counts))
    return [Used(datasets[pk], total) for pk, total in counts.items() if pk in datasets]


def by_day() -> Iterator[tuple[date, dict[str, int]]]:
    """The portal's sums day by day, the oldest first; days without any use are left out. Constant memory."""
    rows = DailyCount.objects.filter(dataset=None).order_by("day").values_list("day", "kind", "count")
    day: date | None = None
    counts: dict[str, int] = {}
    for when, kind, number in rows.iterator(chunk_size=2_000):
        if when != day:
            if day:
                yield day, counts
            day, counts = when, dict.fromkeys(Counted.values, 0)
        counts[kind] = number
    if day:
        yield day, counts


def _first_days(today: date) -> list[date]:
    """The first days of the last months, the oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(number - MONTHS + 1, number + 1)]
