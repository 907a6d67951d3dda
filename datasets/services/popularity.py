"""What counts as popular: the views and downloads of late."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, OuterRef, PositiveBigIntegerField, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from opengov.search.outbox import queue

from ..enums import Counted
from ..models import DailyCount, Dataset

LATELY = timedelta(days=90)
DOWNLOAD_WEIGHS = 3


@transaction.atomic
def refresh_popularity(now: datetime) -> int:
    """Set each dataset's popularity to its views and three times its downloads of the last 90 days.

    Returns:
        How many changed; only those are looked at anew by the search index. Asked twice, changes nothing.
    """
    since = timezone.localtime(now).date() - LATELY
    counts = DailyCount.objects.filter(dataset=OuterRef("pk"), day__gt=since, kind__in=[Counted.VIEW, Counted.DOWNLOAD])
    weighed = Sum(
        Case(
            When(kind=Counted.DOWNLOAD, then=F("count") * DOWNLOAD_WEIGHS),
            default=F("count"),
            output_field=PositiveBigIntegerField(),
        )
    )
    fresh = Coalesce(Subquery(counts.order_by().values("dataset").annotate(sum=weighed).values("sum")), 0)
    changed = Dataset.objects.annotate(fresh=fresh).exclude(popularity=F("fresh"))
    ids = list(changed.values_list("pk", flat=True))
    if ids:
        changed.update(popularity=F("fresh"))
        queue(ids)
    return len(ids)
