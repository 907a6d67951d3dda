"""What is scheduled to become public."""

from datetime import datetime

from ..enums import DatasetState, RevisionState
from ..models import Dataset, Revision


def next_release(now: datetime) -> datetime | None:
    """The first instant at which a dataset, or a change of one, becomes public, if one is scheduled.

    That of a change may have passed: it is due, and not written yet.
    """
    scheduled = Dataset.objects.filter(state=DatasetState.PUBLISHED, visible_from__gt=now)
    changes = Revision.objects.filter(state=RevisionState.SCHEDULED)
    instants = [rows.order_by().values_list("visible_from", flat=True) for rows in (scheduled, changes)]
    first: datetime | None = instants[0].union(instants[1]).order_by("visible_from").first()
    return first
