import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from accounts.models import Organization
from datasets.ckan.records import dump
from datasets.models import Dataset
from datasets.selectors.packages import packages


@contextmanager
def opened(path: Path | None) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is whole, so that readers never see half of it; or standard output."""
    if path is None:
        yield sys.stdout.buffer
        return
    new = path.with_name(f"{path.name}.new")
    try:
        with new.open("wb") as raw:
            if path.suffix == ".gz":
                with gzip.GzipFile(path.stem, "wb", fileobj=raw, mtime=0) as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield raw
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


class Command(BaseCommand):
    help = "Write the public catalogue as CKAN packages, one JSON object a line; to a name in .gz, gzipped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="the file; else standard output")
        parser.add_argument("--organization", help="only the datasets of the organization of this slug")
        parser.add_argument("--progress", action="store_true", help="show the progress bar also where there is no terminal")

    def handle(self, *args: Any, out: Path | None, organization: str | None, **options: Any) -> None:
        datasets = Dataset.objects.published()
        if organization:
            if not Organization.objects.filter(name=organization).exists():
                raise CommandError(f"There is no organization of the slug {organization}.")
            datasets = datasets.filter(owner_org__name=organization)
        shows_progress = options["progress"] or (out is not None and sys.stderr.isatty())
        written = 0
        with opened(out) as file, tqdm(total=datasets.count(), disable=not shows_progress, file=sys.stderr) as bar:
            for package in packages(datasets):
                file.write(dump(package) + b"\n")
                written += 1
                bar.update()
        if out:
            self.stdout.write(f"{written:,} datasets are in {out}.")
