"""What is scheduled to become public."""

from datetime import datetime

from django.db.models import Min

from ..enums import DatasetState, RevisionState
from ..models import Dataset, Revision


def next_release(now: datetime) -> datetime | None:
    """The first instant after `now` at which a dataset, or a change of one, becomes public, if one is scheduled."""
    scheduled = Dataset.objects.filter(state=DatasetState.PUBLISHED, visible_from__gt=now)
    changes = Revision.objects.filter(state=RevisionState.SCHEDULED, visible_from__gt=now)
    instants: list[datetime | None] = [rows.aggregate(first=Min("visible_from"))["first"] for rows in (scheduled, changes)]
    return min((instant for instant in instants if instant), default=None)
