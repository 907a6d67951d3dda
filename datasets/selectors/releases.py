"""What is scheduled to become public."""

from datetime import datetime

from django.db.models import Min

from ..enums import DatasetState
from ..models import Dataset


def next_release(now: datetime) -> datetime | None:
    """The first instant after `now` at which a dataset becomes public, if one is scheduled."""
    scheduled = Dataset.objects.filter(state=DatasetState.PUBLISHED, visible_from__gt=now)
    instant: datetime | None = scheduled.aggregate(first=Min("visible_from"))["first"]
    return instant
