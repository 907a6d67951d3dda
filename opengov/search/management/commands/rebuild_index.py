import time
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from opengov.locks import Busy
from opengov.search.engine import Document, engine
from opengov.search.indexing import rebuild


class Command(BaseCommand):
    help = "Builds the search index anew beside the one that answers, then switches to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="do nothing where there is an index of this version")
        parser.add_argument("--noinput", action="store_true", help="accepted for haystack's sake: nothing is ever asked")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and engine().is_present():
            self.stdout.write("The search index is there.")
            return
        start = time.monotonic()
        try:
            number = rebuild(self.watch if options["verbosity"] else None)
        except Busy:
            raise CommandError("Another rebuild of the search index is running.") from None
        self.stdout.write(f"{number} documents indexed in {time.monotonic() - start:.1f} s.")

    def watch(self, documents: Iterable[Document], number: int) -> Iterable[Document]:
        bar: Iterable[Document] = tqdm(documents, total=number, unit=" datasets", file=self.stderr, disable=None)
        return bar
