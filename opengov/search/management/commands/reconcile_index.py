from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opengov.search.indexing import apply_outbox, drift, reconcile


class Command(BaseCommand):
    help = "Compares the search index with the database, and mends it. With --dry-run, exits with 1 where they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="report only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            apply_outbox()
        found = drift() if options["dry_run"] else reconcile()
        self.stdout.write(
            f"Drift {found.total}: {len(found.missing)} missing, {len(found.surplus)} surplus, {len(found.stale)} stale."
        )
        for kind in ("missing", "surplus", "stale"):
            for pk in getattr(found, kind)[:20]:
                self.stdout.write(f"  {kind} {pk}")
        if options["dry_run"] and found.total:
            raise CommandError("The search index has drifted from the database: run reconcile_index.")
