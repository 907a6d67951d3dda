"""One import, from the entries of a file to the rows of the catalogue."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, reset_queries, transaction

from ..incoming import IncomingDataset, Unreadable
from ..services.batches import Source, Tally, save_batch
from ..services.publishers import Publishers
from .progress import Checkpoint, Checkpoints, Counts, Rejects
from .sources import BrokenOff, Entry, read_record

BATCH_RECORDS = 500
BATCH_RESOURCES = 2_000
BATCH_BYTES = 16 * 1024 * 1024
Placed = tuple[int, IncomingDataset]  # with its line or place in the file


class Import:
    """Reads records and saves them batch by batch; after each it can be cut off and gone on with.

    Args:
        read: from a value of the file to a record; raises `Unreadable`.
        checkpoints: `None` for a dry run, in which each batch is written and taken back.
    """

    def __init__(
        self,
        *,
        read: Callable[[Any], IncomingDataset],
        source: Source,
        rejects: Rejects,
        checkpoints: Checkpoints | None,
        start: Checkpoint | None = None,
        batch_records: int = BATCH_RECORDS,
    ) -> None:
        self.read, self.source, self.rejects, self.checkpoints = read, source, rejects, checkpoints
        self.skip_to, self.counts = (start.position, start.counts) if start else (0, Counts())
        self.batch_records = batch_records
        self.publishers = Publishers()
        self._organizations_before = self.counts.organizations
        self._seen: dict[UUID, int] = {}

    def run(self, entries: Iterable[Entry]) -> Iterator[int]:
        """Save the records of these entries; after each batch, yields how many entries were read.

        Raises:
            datasets.importing.sources.BrokenOff: as soon as what was read before is saved.
        """
        batch: list[Placed] = []
        position = resources = size = 0
        broken: BrokenOff | None = None
        try:
            for entry in entries:
                position = entry.position
                record = self._record(entry)
                if record is None:
                    continue
                batch.append((position, record))
                resources += len(record.resources)
                size += entry.size
                if len(batch) >= self.batch_records or resources >= BATCH_RESOURCES or size >= BATCH_BYTES:
                    yield self._save(batch, position)
                    batch, resources, size = [], 0, 0
        except BrokenOff as error:
            broken = error
        yield self._save(batch, position)
        if broken:
            raise broken

    def _record(self, entry: Entry) -> IncomingDataset | None:
        """The record to be saved: none where it cannot be read, is there twice, or was saved before a cut."""
        is_done = entry.position <= self.skip_to
        pk = ""
        try:
            record = read_record(entry, self.read)
            pk = str(record.id)
            first = self._seen.setdefault(record.id, entry.position)
            if first != entry.position:
                raise Unreadable(f"the same id as in line {first}")
        except Unreadable as error:
            if not is_done:
                self.counts.read += 1
                self.counts.rejected += 1
                self.rejects.refuse(entry.position, pk, str(error))
            return None
        return None if is_done else record

    def _save(self, batch: list[Placed], position: int) -> int:
        tallies = self._save_together(batch)
        for tally in tallies:
            for name in ("created", "updated", "unchanged", "resources"):
                setattr(self.counts, name, getattr(self.counts, name) + getattr(tally, name))
        self.counts.read += len(batch)
        for place, record in batch:
            self.counts.remarks += len(record.remarks)
            for remark in record.remarks:
                self.rejects.remark(place, str(record.id), remark)
        self.counts.organizations = self._organizations_before + len(self.publishers.made)
        written = self.rejects.flush()
        if self.checkpoints and position > self.skip_to:
            self.checkpoints.write(Checkpoint(position, written, self.counts))
        reset_queries()  # with DEBUG, Django would keep the statements of every batch
        return self.counts.read

    def _save_together(self, batch: list[Placed]) -> list[Tally]:
        """Save a batch; where the database refuses it, record by record, so that one alone is left out."""
        lengths = [len(record.remarks) for _, record in batch]
        try:
            return [self._write([record for _, record in batch])] if batch else []
        except (DataError, IntegrityError):
            self.publishers.forget()
        tallies = []
        for place, length in zip(list(batch), lengths, strict=True):
            position, record = place
            del record.remarks[length:]
            try:
                tallies.append(self._write([record]))
            except (DataError, IntegrityError) as error:
                self.publishers.forget()
                batch.remove(place)
                self.counts.read += 1
                self.counts.rejected += 1
                self.rejects.refuse(position, str(record.id), str(error).splitlines()[0])
        return tallies

    def _write(self, records: list[IncomingDataset]) -> Tally:
        with transaction.atomic():
            tally = save_batch(records, source=self.source, publishers=self.publishers)
            if self.checkpoints is None:
                transaction.set_rollback(True)
        if self.checkpoints is None:
            self.publishers.forget()
        return tally
