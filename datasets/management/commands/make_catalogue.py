import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import reset_queries
from django.utils import timezone
from tqdm import tqdm

from datasets.ckan.packages import read_package
from datasets.importing.command import only_import
from datasets.importing.run import BATCH_RECORDS
from datasets.importing.synthesis import Parts, packages, read_parts
from datasets.services.batches import Source, Tally, save_batch
from datasets.services.publishers import Publishers
from opengov.jobs import enqueue
from opengov.search.indexing import apply_outbox


class Command(BaseCommand):
    help = "Synthesise a catalogue for tests of volume from real titles and descriptions. Each record says so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--datasets", type=int, required=True, help="how many")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same records (1)")
        parser.add_argument("--source", type=Path, required=True, help="folder of the real data")
        parser.add_argument("--no-index", action="store_true", help="leave the search index to a later run")
        parser.add_argument("--progress", action="store_true", help="show the progress bar also where there is no terminal")

    def handle(self, *args: Any, datasets: int, seed: int, source: Path, **options: Any) -> None:
        try:
            parts = read_parts(source)
        except OSError as error:
            raise CommandError(f"{source} does not hold the real data: {error}") from error
        started = time.monotonic()
        with only_import(returncode=1), _bar(datasets, is_forced=options["progress"]) as bar:
            total = _write(parts, number=datasets, seed=seed, bar=bar)
        seconds = time.monotonic() - started
        if not options["no_index"]:
            enqueue(apply_outbox, queue="index")
        self.stdout.write(
            f"{total.created:,} datasets created, {total.updated:,} updated, {total.unchanged:,} unchanged, "
            f"with {total.resources:,} resources ({seconds:.1f} s, {datasets / seconds:,.0f}/s)."
        )


def _bar(total: int, *, is_forced: bool) -> "tqdm[Any]":
    return tqdm(total=total, disable=not (is_forced or sys.stderr.isatty()), file=sys.stderr)


def _write(parts: Parts, *, number: int, seed: int, bar: "tqdm[Any]") -> Tally:
    source, publishers, total = Source(f"make_catalogue, seed {seed}", timezone.now()), Publishers(), Tally()
    records = map(read_package, packages(parts, number=number, seed=seed))
    while batch := list(islice(records, BATCH_RECORDS)):
        total.add(save_batch(batch, source=source, publishers=publishers))
        bar.update(len(batch))
        reset_queries()  # with DEBUG, Django would keep the statements of every batch
    return total
