"""The activity log in pages that cost the same anywhere in a million rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from ..models import Activity, User

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Rows newest first. `older` is the cursor of the next page, empty on the last."""

    rows: list[Activity]
    older: str


def log(filters: Mapping[str, Any]) -> QuerySet[Activity]:
    """The log as filtered: `verb`, `person` (a User), `target_type` with `target_id`, `since` and `until` (moments)."""
    lookups = {
        "verb": "verb",
        "person": "actor",
        "target_type": "target_type",
        "target_id": "target_id",
        "since": "at__gte",
        "until": "at__lte",
    }
    return Activity.objects.filter(**{lookups[name]: value for name, value in filters.items() if value and name in lookups})


def own(user: User) -> QuerySet[Activity]:
    """What the person did, and what was done to their account."""
    return Activity.objects.filter(Q(actor=user) | Q(target_type="accounts.user", target_id=str(user.pk)))


def page(rows: QuerySet[Activity], *, before: str = "", size: int = PAGE_SIZE) -> Page:
    """One page of a log, from a cursor on; a cursor that makes no sense is the beginning."""
    cursor = _moment(before)
    if cursor:
        at, pk = cursor
        rows = rows.filter(at__lte=at).exclude(at=at, pk__gte=pk)
    found = list(rows.select_related("actor").order_by("-at", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{last.at.isoformat()}~{last.pk}" if last else "")


def _moment(cursor: str) -> tuple[datetime, int] | None:
    text, _, pk = cursor.partition("~")
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return (at, int(pk)) if at and at.tzinfo and pk.isascii() and pk.isdecimal() and len(pk) < 19 else None
