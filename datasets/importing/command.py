"""What the import commands have in common: options, progress, summary and exit status."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.utils import timezone
from tqdm import tqdm

from opengov.http import OutboundError
from opengov.jobs import enqueue
from opengov.locks import Busy, lock
from opengov.search.indexing import apply_outbox

from ..incoming import IncomingDataset
from ..services.batches import Source
from ..services.relationships import link
from .progress import Checkpoints, Counts, Rejects
from .run import BATCH_RECORDS, Import
from .sources import BrokenOff, Entry, SourceFile, opened

ALL_FINE, SOME_REFUSED, FAILED = 0, 1, 2
EXIT_STATUS = """
Exit status: 0 when everything was taken as it came, 1 when records or values were refused (see the rejects file), 2 when the
import could not run or could not come to its end; what was written by then stays, and the next run goes on from there.
"""


@contextmanager
def only_import(*, returncode: int = FAILED) -> Iterator[None]:
    """Write to the catalogue while no other command imports.

    Raises:
        CommandError: another one does; the command ends with `returncode`.
    """
    try:
        with lock("import", wait=False):
            yield
    except Busy:
        raise CommandError("Another import is running.", returncode=returncode) from None


class ImportCommand(BaseCommand):
    """Imports records from files or addresses. Subclasses say how to read one."""

    requires_system_checks = "__all__"

    def entries(self, file: SourceFile) -> Iterator[Entry]:
        raise NotImplementedError

    def read(self, value: Any) -> IncomingDataset:
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = EXIT_STATUS
        parser.add_argument("locations", nargs="+", metavar="FILE|URL")
        parser.add_argument("--source", default="", help="who approved the records, for their pages; else the file's name")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, but say what would be written")
        parser.add_argument("--restart", action="store_true", help="begin anew where an earlier run was cut off")
        parser.add_argument("--rejects", type=Path, help="where to report what was refused (JSON lines)")
        parser.add_argument("--no-index", action="store_true", help="leave the search index to a later run")
        parser.add_argument("--summary", choices=["text", "json"], default="text", help="how to end the output")
        parser.add_argument("--progress", action="store_true", help="show the progress bar also where there is no terminal")
        parser.add_argument("--batch-size", type=int, default=BATCH_RECORDS, help=f"records in a transaction ({BATCH_RECORDS})")

    def handle(self, *args: Any, locations: list[str], **options: Any) -> None:
        if options["rejects"] and len(locations) > 1:
            raise CommandError("One rejects file goes with one source.", returncode=FAILED)
        with only_import():
            statuses = [self._import(location, options) for location in locations]
        if not options["dry_run"]:
            for row in link():
                self.stderr.write(f"{row.dataset_id} {row.kind} {row.url}: the reverse is said too; it stays an address.")
            if not options["no_index"]:
                enqueue(apply_outbox, queue="index")
        if max(statuses):
            sys.exit(max(statuses))

    def _import(self, location: str, options: dict[str, Any]) -> int:
        try:
            with opened(location) as file:
                return self._import_file(file, location, options)
        except (OSError, OutboundError) as error:
            self.stderr.write(f"{location}: {error}")
            return FAILED

    def _import_file(self, file: SourceFile, location: str, options: dict[str, Any]) -> int:
        started = time.monotonic()
        checkpoints = Checkpoints(type(self).__module__, location, file.fingerprint())
        if options["restart"]:
            checkpoints.remove()
        start = None if options["dry_run"] else checkpoints.read()
        if start:
            self.stderr.write(f"{location}: goes on after {start.position:,}, where it was cut off.")
        rejects = Rejects(options["rejects"] or self._rejects_path(location), keep=start.rejects if start else 0)
        job = Import(
            read=self.read,
            source=Source(options["source"] or Path(location).name, timezone.now()),
            rejects=rejects,
            checkpoints=None if options["dry_run"] else checkpoints,
            start=start,
            batch_records=options["batch_size"],
        )
        trouble = self._run(job, file, shows_progress=options["progress"] or sys.stderr.isatty())
        rejects.close()
        if not trouble:
            checkpoints.remove()
        self._summarize(location, job.counts, rejects.path, trouble, time.monotonic() - started, options)
        return FAILED if trouble else SOME_REFUSED if job.counts.rejected or job.counts.remarks else ALL_FINE

    def _run(self, job: Import, file: SourceFile, *, shows_progress: bool) -> str:
        """Run the import with a bar of the bytes read; the message of what cut it off, if anything did."""
        with tqdm(total=file.size, unit="B", unit_scale=True, disable=not shows_progress, file=sys.stderr) as bar:
            started = time.monotonic()
            try:
                for read in job.run(self.entries(file)):
                    bar.set_postfix_str(f"{read:,} records, {read / (time.monotonic() - started):,.0f}/s", refresh=False)
                    bar.update(file.bytes_read - bar.n)
            except (BrokenOff, OSError, DatabaseError) as error:
                return str(error)
            except KeyboardInterrupt:
                return "Stopped. Run the command again to go on."
        return ""

    def _rejects_path(self, location: str) -> Path:
        folder: Path = settings.VAR_DIR / "imports"
        return folder / f"{Path(location).name}.rejects.jsonl"

    def _summarize(
        self, location: str, counts: Counts, rejects: Path, trouble: str, seconds: float, options: dict[str, Any]
    ) -> None:
        path = str(rejects) if rejects.exists() else None
        if options["summary"] == "json":
            facts = {"source": location, "dry_run": options["dry_run"], **asdict(counts)}
            facts |= {"seconds": round(seconds, 2), "rejects": path, "error": trouble or None}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        self.stdout.write(f"{location}: {sentence(counts, is_dry_run=options['dry_run'])} ({seconds:.1f} s)")
        if path:
            self.stdout.write(f"Refused: {path} (records: {counts.rejected:,}, values: {counts.remarks:,})")
        if trouble:
            self.stderr.write(f"{location}: {trouble}")


def sentence(counts: Counts, *, is_dry_run: bool) -> str:
    """What an import did, in one sentence."""
    if counts.created == counts.updated == 0:
        return f"{counts.unchanged:,} datasets read, none of them changed; nothing was written."
    made = f"; organizations made: {counts.organizations:,}" if counts.organizations else ""
    would = "would be " if is_dry_run else ""
    return (
        f"{counts.created:,} datasets {would}created, {counts.updated:,} updated, {counts.unchanged:,} unchanged, "
        f"with {counts.resources:,} resources{made}."
    )
