"""What remains of a withdrawn record: title, reason, date, successor."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ..models import Dataset
from .texts import Text, text_of


@dataclass(frozen=True, slots=True)
class Tombstone:
    title: Text
    reason: Text
    withdrawn_at: datetime
    successor_title: Text
    successor_url: str


def tombstone_of(name: str) -> Tombstone | None:
    """The tombstone at this name or UUID; `None` where no record was ever public. A successor that is not public is not named."""
    at = Q(name=name)
    with suppress(ValueError):
        at |= Q(pk=UUID(name))
    row = Dataset.objects.tombstones().filter(at).first()
    if row is None or row.withdrawn_at is None:
        return None
    successor = Dataset.objects.published().filter(pk=row.successor_id).first() if row.successor_id else None
    return Tombstone(
        title=text_of(row, "title") or Text(row.name),
        reason=text_of(row, "withdrawal_reason"),
        withdrawn_at=row.withdrawn_at,
        successor_title=text_of(successor, "title") if successor else Text(""),
        successor_url=successor.get_absolute_url() if successor else "",
    )
