import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DataError, IntegrityError, transaction

from datasets.ckan.organizations import read_organization
from datasets.importing.command import EXIT_STATUS, FAILED, SOME_REFUSED, only_import
from datasets.importing.sources import BrokenOff, Entry, SourceFile, opened, without_nulls
from datasets.incoming import Unreadable
from datasets.services.organizations import save_organization
from opengov.http import OutboundError
from opengov.jobs import enqueue
from opengov.search.indexing import apply_outbox


class Command(BaseCommand):
    help = "Import organizations: one JSON object a line, or the answer of CKAN's organization_list with all fields."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = EXIT_STATUS
        parser.add_argument("locations", nargs="+", metavar="FILE|URL")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, but say what would be written")
        parser.add_argument("--summary", choices=["text", "json"], default="text", help="how to end the output")

    def handle(self, *args: Any, locations: list[str], **options: Any) -> None:
        with only_import():
            are_refused = [self._import(location, options) for location in locations]
        if not options["dry_run"]:
            enqueue(apply_outbox, queue="index")
        if any(are_refused):
            sys.exit(SOME_REFUSED)

    def _import(self, location: str, options: dict[str, Any]) -> bool:
        """Import one list, the whole or nothing of it; whether something in it was refused."""
        counts: Counter[str] = Counter({"created": 0, "updated": 0, "unchanged": 0, "rejected": 0, "remarks": 0})
        try:
            with opened(location) as file, transaction.atomic():
                for entry in entries(file):
                    self._save(location, entry, counts)
                transaction.set_rollback(options["dry_run"])
        except (OSError, OutboundError, BrokenOff) as error:
            raise CommandError(f"{location}: {error}", returncode=FAILED) from error
        self._summarize(location, counts, options)
        return bool(counts["rejected"] or counts["remarks"])

    def _save(self, location: str, entry: Entry, counts: Counter[str]) -> None:
        try:
            if entry.problem:
                raise Unreadable(entry.problem)
            organization = read_organization(entry.value)
            with transaction.atomic():
                counts[save_organization(organization)] += 1
        except (Unreadable, DataError, IntegrityError) as error:
            counts["rejected"] += 1
            self.stderr.write(f"{location}, line {entry.position}: {str(error).splitlines()[0]}")
            return
        for remark in organization.remarks:
            counts["remarks"] += 1
            self.stderr.write(f"{location}, line {entry.position}, {remark.field}: {remark.reason}: {remark.value}")

    def _summarize(self, location: str, counts: Counter[str], options: dict[str, Any]) -> None:
        if options["summary"] == "json":
            self.stdout.write(json.dumps({"source": location, "dry_run": options["dry_run"], **counts}))
            return
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{Path(location).name}: {counts['created']} organizations {would}created, {counts['updated']} updated, "
            f"{counts['unchanged']} unchanged, {counts['rejected']} refused."
        )


def entries(file: SourceFile) -> Iterator[Entry]:
    """The organizations of a file, in either of its forms."""
    try:
        answer = orjson.loads(file.content())
    except orjson.JSONDecodeError:
        yield from file.lines()
        return
    listed = answer.get("result", [answer]) if isinstance(answer, dict) else answer
    for position, value in enumerate(listed if isinstance(listed, list) else [listed], 1):
        yield Entry(position, without_nulls(value)[0])
