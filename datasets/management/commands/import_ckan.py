from collections.abc import Iterator
from typing import Any

from datasets.ckan.packages import read_package
from datasets.importing.command import ImportCommand
from datasets.importing.sources import Entry, SourceFile
from datasets.incoming import IncomingDataset


class Command(ImportCommand):
    help = "Import CKAN packages, one JSON object a line, plain or gzipped; run again, it changes what has changed."

    def entries(self, file: SourceFile) -> Iterator[Entry]:
        return file.lines()

    def read(self, value: Any) -> IncomingDataset:
        return read_package(value)
