"""Write on many records at once: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Organization, User

from ..errors import ChangedMeanwhile
from ..models import Dataset, Revision
from ..selectors.working_copies import working_record
from . import revisions
from .duplicates import begin


@dataclass(frozen=True, slots=True)
class RecordChange:
    """New values of some columns of a record, and those that the person saw before. Without `id` the record is new."""

    id: UUID | None
    title: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def apply(
    *, changes: Sequence[RecordChange], organization: Organization | None, actor: User, now: datetime, note: str = ""
) -> list[Revision]:
    """Keep each change in the revision of its record, which is begun where there is none.

    Args:
        organization: of the records that are new.

    Raises:
        ChangedMeanwhile: somebody else changed a value since the person saw it; nothing is written.
        ValidationError: a field does not hold what it may; nothing is written.
    """
    known = Dataset.objects.filter(pk__in=[change.id for change in changes if change.id])
    list(known.select_for_update().order_by("pk").values("pk"))  # in one order, so that two tables never wait for each other
    return [_change(change, actor, now, note) if change.id else _begin(change, organization, actor, now) for change in changes]


def _begin(change: RecordChange, organization: Organization | None, actor: User, now: datetime) -> Revision:
    return begin(dataset=Dataset(owner_org=organization, **change.after), title=change.title, actor=actor, now=now)


def _change(change: RecordChange, actor: User, now: datetime, note: str) -> Revision:
    revision = revisions.revise(dataset=Dataset(pk=change.id), actor=actor, now=now)
    dataset = working_record(revision)
    for column, value in change.after.items():
        if (getattr(dataset, column) or None) != (change.before[column] or None):
            raise ChangedMeanwhile(change.title)
        setattr(dataset, column, value)
    edit = revisions.Edit(dataset=dataset, note=note)
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=actor, now=now)
