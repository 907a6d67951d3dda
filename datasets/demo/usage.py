"""Counts of use as a portal of some months would have them: quieter on weekends, slowly growing, a few datasets far ahead."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction

from ..enums import Counted
from ..models import DailyCount, Dataset
from .content import Department, Entry
from .packages import dataset_id
from .tables import chance

DAYS = 90  # of the datasets, as far back as popularity looks
PORTAL_DAYS = 400
WEEKEND = 0.45
BUSIEST = 160  # views of the most popular dataset on a weekday


@transaction.atomic
def save_counts(departments: Iterable[Department], today: dt.date) -> int:
    """Add the counts up to yesterday that are not there yet; what was counted really stays.

    Returns:
        How many rows were added. Asked twice on a day, none.
    """
    public = set(Dataset.objects.published().values_list("pk", flat=True))
    rows = [
        row
        for department in departments
        for place, entry in enumerate(department.entries)
        if dataset_id(entry.slug) in public
        for row in _of_dataset(entry, place, today)
    ]
    rows += _of_portal(rows, today)
    taken = set(DailyCount.objects.filter(day__lt=today).values_list("day", "kind", "dataset"))
    fresh = [row for row in rows if (row.day, row.kind, row.dataset_id) not in taken]
    DailyCount.objects.bulk_create(fresh, batch_size=1_000)
    return len(fresh)


def _of_dataset(entry: Entry, place: int, today: dt.date) -> Iterator[DailyCount]:
    """A department's first datasets are those that people look for; what is for specialists is viewed less."""
    slug = entry.slug
    audience = 1 if "general_public" in entry.audience else 0.35
    views_a_day = 0.4 + BUSIEST * audience * (0.2 + 0.8 * chance(slug, "popularity")) * 0.8**place
    share = 0.1 + 0.35 * chance(slug, "downloads")
    for day in _days(today, DAYS):
        views = round(views_a_day * _liveliness(day, today) * (0.6 + 0.8 * chance(slug, day.isoformat())))
        for kind, times in ((Counted.VIEW, views), (Counted.DOWNLOAD, round(views * share))):
            if times:
                yield DailyCount(day=day, kind=kind.value, dataset_id=dataset_id(slug), count=times)


def _of_portal(rows: list[DailyCount], today: dt.date) -> Iterator[DailyCount]:
    """The sums of all datasets, as far as there are any, and what is counted on the portal alone."""
    sums = Counter[tuple[dt.date, str]]()
    for row in rows:
        sums[row.day, row.kind] += row.count
    for day in _days(today, PORTAL_DAYS):
        base = _liveliness(day, today) * (0.9 + 0.2 * chance("portal", day.isoformat()))
        usual = {"view": 1500, "download": 400, "search": 640, "empty_search": 38, "api_call": 2100}
        for kind in Counted.values:
            yield DailyCount(day=day, kind=kind, count=sums[day, kind] or round(usual[kind] * base))


def _days(today: dt.date, number: int) -> Iterator[dt.date]:
    return (today - dt.timedelta(days=ago) for ago in range(number, 0, -1))


def _liveliness(day: dt.date, today: dt.date) -> float:
    growth = 1 - 0.4 * (today - day).days / PORTAL_DAYS
    return growth * (WEEKEND if day.weekday() >= 5 else 1)
