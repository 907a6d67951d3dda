"""The table of periodic jobs. Apps add theirs in `AppConfig.ready()`.

With Redis, `manage.py rqcron opengov.schedule` puts them in the queue when they are due. Without, plain cron runs them:

    * * * * *    bin/manage run_periodic minutely
    */5 * * * *  bin/manage run_periodic often
    7 * * * *    bin/manage run_periodic hourly
    30 4 * * *   bin/manage run_periodic daily
    15 5 * * 0   bin/manage run_periodic weekly
"""

import logging
from enum import StrEnum

from django.core.management import call_command
from django.utils.module_loading import import_string

from .locks import lock

log = logging.getLogger(__name__)


class Rhythm(StrEnum):
    MINUTELY = "minutely"
    OFTEN = "often"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


CRON = {
    Rhythm.MINUTELY: "* * * * *",
    Rhythm.OFTEN: "*/5 * * * *",
    Rhythm.HOURLY: "7 * * * *",
    Rhythm.DAILY: "30 4 * * *",
    Rhythm.WEEKLY: "15 5 * * 0",
}
_jobs: dict[str, Rhythm] = {}


def register(job: str, rhythm: Rhythm) -> None:
    """Run a job again and again.

    Args:
        job: the dotted path of a function without arguments, which may run twice: `datasets.tasks.flush_counters`.
    """
    _jobs[job] = rhythm


def jobs() -> dict[str, Rhythm]:
    """The table: from the path of a job to its rhythm."""
    return dict(_jobs)


def run(rhythm: Rhythm) -> list[str]:
    """Run the jobs of a rhythm one after the other in this process; one that breaks is logged and does not stop the others.

    Returns:
        The paths of those that broke.

    Raises:
        Busy: the last run of this rhythm is not finished yet.
    """
    failed = []
    with lock(f"periodic:{rhythm}", wait=False):
        for job in [path for path, its_rhythm in _jobs.items() if its_rhythm == rhythm]:
            try:
                import_string(job)()
            except Exception:
                log.exception("job_failed", extra={"job": job})
                failed.append(job)
    return failed


def clear_sessions() -> None:
    """Delete the sessions that have expired."""
    call_command("clearsessions")


register("opengov.periodic.clear_sessions", Rhythm.DAILY)
