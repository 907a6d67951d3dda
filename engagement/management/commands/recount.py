from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from engagement.services import vote_log
from engagement.services.recounts import recount


class Command(BaseCommand):
    help = "Prove the log of votes and its seals, and count all votes from it. Exit status 1: something does not agree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write the tallies anew; log and votes are never changed")

    def handle(self, *args: Any, **options: Any) -> None:
        vote_log.extend_chain()
        faults = recount(repair=options["repair"])
        for fault in faults:
            self.stdout.write(f"{fault.where}: {fault.text}")
        if faults:
            raise SystemExit(1)
        self.stdout.write("The log, its seals, the votes and the tallies agree.")
