import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement.services.recounts import compare_seals, prove


class Command(BaseCommand):
    help = "Prove the log of votes and its seals, and count all votes from it. Exit status 1: something does not agree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write the tallies anew; log and votes are never changed")
        parser.add_argument("--seals", type=Path, metavar="FILE", help="a seals.csv that was kept: compare those seals too")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = list(_read(options["seals"])) if options["seals"] else []
        faults = prove(now=timezone.now(), repair=options["repair"]) + compare_seals(kept)
        for fault in faults:
            self.stdout.write(f"{fault.where}: {fault.text}")
        if faults:
            raise SystemExit(1)
        self.stdout.write("The log, its seals, the votes and the tallies agree.")


def _read(path: Path) -> Iterator[tuple[datetime, str]]:
    """
    Raises:
        CommandError: the file is not one of the portal's lists of seals.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield datetime.fromisoformat(row["at"]), row["seal"]
    except (OSError, KeyError, ValueError) as error:
        raise CommandError(f"{path} is no list of seals with the columns at and seal.") from error
