import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import django_rq
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rq import Worker
from rq.cron import CronScheduler

KINDS: dict[str, Any] = {"worker": Worker, "scheduler": CronScheduler}
SILENCE = timedelta(minutes=10)  # an idle worker tells every seven minutes that it is alive


class Command(BaseCommand):
    help = "Exit with 0 when the worker or the scheduler of this host is alive: the health check of its container."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))

    def handle(self, *args: Any, kind: str, **options: Any) -> None:
        here = [one for one in KINDS[kind].all(connection=django_rq.get_connection()) if one.hostname == socket.gethostname()]
        if not any(one.last_heartbeat and datetime.now(UTC) - one.last_heartbeat < SILENCE for one in here):
            raise CommandError(f"No {kind} of this host is alive.")
