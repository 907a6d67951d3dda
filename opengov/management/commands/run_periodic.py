from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opengov import periodic
from opengov.locks import Busy


class Command(BaseCommand):
    help = "Run the periodic jobs of a rhythm, from plain cron. Exits with 1 when one of them broke."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rhythm", choices=[rhythm.value for rhythm in periodic.Rhythm])

    def handle(self, *args: Any, rhythm: str, **options: Any) -> None:
        try:
            failed = periodic.run(periodic.Rhythm(rhythm))
        except Busy:
            self.stdout.write("The last run is not finished: nothing was done.")
            return
        if failed:
            raise CommandError(f"Broken, see the log: {', '.join(failed)}")
