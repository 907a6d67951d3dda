"""Whether the portal can serve: checks that apps register, asked by `/readyz`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

Facts = dict[str, int | float | str]
Check = Callable[[], Facts]


class Unwell(Exception):
    """The part cannot serve. The message is shown to whoever asks: no names, no secrets."""


@dataclass(frozen=True)
class Health:
    """What one check found; `facts` are figures to watch."""

    is_well: bool
    milliseconds: int
    facts: Facts

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.is_well, "milliseconds": self.milliseconds} | self.facts


_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Ask this check whenever readiness is asked for. It returns figures, or raises `Unwell`; any other error counts as well."""
    _checks[name] = check


def report() -> dict[str, Health]:
    """The health of each part, in the order they were registered."""
    return {name: _ask(check) for name, check in _checks.items()}


def _ask(check: Check) -> Health:
    started = time.monotonic()
    try:
        facts, is_well = check(), True
    except Unwell as error:
        facts, is_well = {"error": str(error)}, False
    except Exception as error:
        facts, is_well = {"error": type(error).__name__}, False
    return Health(is_well, round((time.monotonic() - started) * 1000), facts)


def database() -> Facts:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"engine": connection.vendor}


def queue() -> Facts:
    """How many jobs wait and how many workers there are; without Redis, jobs run in the process."""
    if not settings.REDIS_URL:
        return {"runs": "in the process"}
    import django_rq
    from rq import Worker

    queues = [django_rq.get_queue(name) for name in settings.RQ_QUEUES]
    return {"waiting": sum(queue.count for queue in queues), "workers": Worker.count(connection=queues[0].connection)}


register("database", database)
register("queue", queue)
