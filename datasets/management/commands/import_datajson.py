from collections.abc import Iterator
from typing import Any

from datasets.dcat_us import read_dataset
from datasets.importing.command import ImportCommand
from datasets.importing.sources import Entry, SourceFile
from datasets.incoming import IncomingDataset


class Command(ImportCommand):
    help = "Import DCAT-US catalogues (data.json). Their records are in English only, and are shown as such."

    def entries(self, file: SourceFile) -> Iterator[Entry]:
        return file.items("dataset.item")

    def read(self, value: Any) -> IncomingDataset:
        return read_dataset(value)
