"""One way to put work off: `enqueue`. With `REDIS_URL` a worker does it, without it this process does, after the commit."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

AT_THE_LATEST = timedelta(minutes=1)  # a job that was lost with its queue is asked for anew by whoever comes after this


def enqueue(job: Callable[..., Any] | str, *args: Any, queue: str = "default", **kwargs: Any) -> None:
    """Run a job once the current transaction has committed; nothing runs if it is rolled back.

    Args:
        job: an importable function, or its dotted path where the caller stands below it and must not import it
            (`datasets.tasks.check_links`). It takes ids, fetches, calls a service, and may run twice.
        queue: `default` or `index`; a worker of its own keeps indexing from holding up the rest.

    A job that fails in the process is logged and does not fail the request: what it was to do is found and done by the next
    periodic run (the outbox, for instance).
    """
    function = import_string(job) if isinstance(job, str) else job
    transaction.on_commit(partial(_hand_over, function, queue, args, kwargs))


def enqueue_at(instant: datetime, job: Callable[..., Any] | str, *args: Any, queue: str = "default", **kwargs: Any) -> None:
    """Run a job at an instant, once the current transaction has committed.

    Only a worker with a scheduler keeps the instant, so there must be a periodic job beside it that finds what is due. Without
    Redis that job is all there is.
    """
    function = import_string(job) if isinstance(job, str) else job
    if settings.REDIS_URL:
        transaction.on_commit(partial(_schedule, instant, function, queue, args, kwargs))


def enqueue_soon(job: str, *, after: timedelta) -> None:
    """Run a job soon, once for all who ask for it meanwhile: what each has committed is followed by a run that began after it.

    Without Redis it runs after each commit. A run that was asked for is marked in the cache until it begins.

    Args:
        job: the dotted path of a function without arguments, which may run twice.
    """
    function = import_string(job)
    transaction.on_commit(
        partial(_ask_once, job, after) if settings.REDIS_URL else partial(_hand_over, function, "default", (), {})
    )


def _ask_once(job: str, after: timedelta) -> None:
    if cache.add(_mark(job), True, timeout=(after + AT_THE_LATEST).total_seconds()):
        _schedule(timezone.now() + after, run_asked, "default", (job,), {})


def run_asked(job: str) -> None:
    """Run what `enqueue_soon` asked for: who commits from here on asks anew."""
    cache.delete(_mark(job))
    import_string(job)()


def _mark(job: str) -> str:
    return f"jobs.asked.{job}"


def _schedule(instant: datetime, job: Callable[..., Any], queue: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    import django_rq

    django_rq.get_queue(queue).enqueue_at(instant, job, *args, **kwargs)


def _hand_over(job: Callable[..., Any], queue: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    if settings.REDIS_URL:
        import django_rq

        django_rq.get_queue(queue).enqueue(job, *args, **kwargs)
        return
    try:
        job(*args, **kwargs)
    except Exception:
        log.exception("job_failed", extra={"job": f"{job.__module__}.{job.__qualname__}"})
