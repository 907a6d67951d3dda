"""Counts of use by day, without cookies: views, downloads, searches, API calls. Robots are left out.

`count` costs a page nothing but a dictionary entry; the sums are written at most every `FLUSH_SECONDS` by whichever request
comes next, and when the process ends. A process that is killed loses the counts of those seconds, and no more.
"""

import atexit
import threading
import time
from collections import Counter
from datetime import date
from uuid import UUID

import crawleruseragents
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from .enums import Counted
from .models import DailyCount, Dataset

FLUSH_SECONDS = 10.0
# Programs in a person's hand: the list of crawlers names them, yet what they fetch for programs is a use of the data.
TOOLS = ("curl/", "Wget/", "python-requests/", "python-httpx/", "Python-urllib/", "ckanapi/", "R ", "libcurl/", "okhttp/", "httr")

_pending: Counter[tuple[date, str, UUID | None]] = Counter()
_guard = threading.Lock()
_flushed_at = time.monotonic()


FOR_TOOLS = (Counted.DOWNLOAD, Counted.API_CALL)


def is_robot(request: HttpRequest, kind: Counted) -> bool:
    """Whether no person asked: a crawler made the request, one without a user agent, or a tool where people look at pages."""
    agent = request.headers.get("User-Agent", "")
    if kind in FOR_TOOLS and agent.startswith(TOOLS):
        return False
    return not agent or agent.startswith(TOOLS) or crawleruseragents.is_crawler(agent)


def count(kind: Counted, request: HttpRequest, *, dataset_id: UUID | None = None) -> None:
    """Count one use today: for the portal, and for the dataset where one is named. Robots and HEAD requests do not count."""
    if request.method == "HEAD" or is_robot(request, kind):
        return
    day = timezone.localdate()
    with _guard:
        for of in {None, dataset_id}:
            _pending[day, kind.value, of] += 1
        is_due = time.monotonic() - _flushed_at >= FLUSH_SECONDS
    if is_due:
        flush()


def flush() -> None:
    """Add what this process has counted to the database. What cannot be written now is kept for the next time."""
    global _flushed_at
    with _guard:
        if not _pending:
            return
        taken = dict(_pending)
        _pending.clear()
        _flushed_at = time.monotonic()
    try:
        with transaction.atomic():
            still_there = {None, *Dataset.objects.filter(pk__in={key[2] for key in taken if key[2]}).values_list("pk", flat=True)}
            for (day, kind, dataset_id), times in sorted(taken.items(), key=str):
                if dataset_id in still_there:
                    _add(day, kind, dataset_id, times)
    except DatabaseError:
        with _guard:
            _pending.update(taken)


def _add(day: date, kind: str, dataset_id: UUID | None, times: int) -> None:
    row = DailyCount.objects.filter(day=day, kind=kind, dataset=dataset_id)
    if row.update(count=F("count") + times):
        return
    try:
        with transaction.atomic():
            DailyCount.objects.create(day=day, kind=kind, dataset_id=dataset_id, count=times)
    except IntegrityError:  # another process was first
        row.update(count=F("count") + times)


atexit.register(flush)
