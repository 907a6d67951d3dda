"""What an import leaves beside the catalogue: a file of what was refused, and the place to go on from."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import orjson
from django.conf import settings

from ..incoming import Remark


@dataclass(slots=True)
class Counts:
    """What became of the records read so far. `remarks` counts values that were not taken as they came."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    resources: int = 0
    organizations: int = 0
    rejected: int = 0
    remarks: int = 0


class Rejects:
    """A file of JSON lines: the line or place in the source, the record's id, the value that was refused, and why."""

    def __init__(self, path: Path, keep: int = 0) -> None:
        """
        Args:
            keep: bytes that stand from the part of the import that was done before it was cut off.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file: IO[bytes] = path.open("r+b" if keep and path.exists() else "w+b")
        self._file.truncate(keep)
        self._file.seek(0, 2)

    def refuse(self, position: int, pk: str, reason: str) -> None:
        """Note a record that was not taken."""
        self._write({"line": position, "id": pk, "rejected": "record", "reason": reason})

    def remark(self, position: int, pk: str, remark: Remark) -> None:
        """Note a value that was not taken as it came, of a record that was."""
        self._write({"line": position, "id": pk, "rejected": "value", **{k: v for k, v in asdict(remark).items() if v}})

    def _write(self, row: dict[str, Any]) -> None:
        self._file.write(orjson.dumps(row) + b"\n")

    def flush(self) -> int:
        """Write out what was noted; how many bytes the file has now."""
        self._file.flush()
        return self._file.tell()

    def close(self) -> None:
        """Close the file, and remove it where nothing was refused."""
        is_empty = self.flush() == 0
        self._file.close()
        if is_empty:
            self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The last record of a file that is written, the size of the rejects by then, and the counts."""

    position: int
    rejects: int
    counts: Counts


class Checkpoints:
    """Where the checkpoint of one source stands. It holds for the same content only."""

    def __init__(self, command: str, location: str, fingerprint: str) -> None:
        digest = hashlib.sha256(f"{command} {location}".encode()).hexdigest()[:16]
        self.path = settings.VAR_DIR / "imports" / f"{digest}.checkpoint.json"
        self.fingerprint = fingerprint

    def read(self) -> Checkpoint | None:
        """The checkpoint of an earlier run over this content that did not come to its end."""
        try:
            stored = json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError):
            return None
        if stored.get("fingerprint") != self.fingerprint:
            return None
        return Checkpoint(stored["position"], stored["rejects"], Counts(**stored["counts"]))

    def write(self, checkpoint: Checkpoint) -> None:
        """Replace the checkpoint, so that there is a whole one at every instant."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"fingerprint": self.fingerprint, **asdict(checkpoint)}))
        new.replace(self.path)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
