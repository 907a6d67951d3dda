"""Files of records, read a piece at a time, however large and however broken."""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import ijson
import orjson
from django.conf import settings

from opengov import http

from ..incoming import IncomingDataset, Remark, Unreadable

MAX_LINE = 8 * 1024 * 1024
MAX_DOWNLOAD = 4 * 1024 * 1024 * 1024
SAMPLE = 64 * 1024


class BrokenOff(Exception):
    """The file ends in the middle, or is no longer readable from some place on. What came before was whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file: its line or place, counted from 1, what was read of it, or why it cannot be.

    `size` is how many bytes of the file it takes, to within a read ahead.
    """

    position: int
    value: Any = None
    problem: str = ""
    size: int = 0
    remarks: tuple[Remark, ...] = ()


class SourceFile:
    """A file to be read. `size` and `bytes_read` serve a progress bar."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._raw: IO[bytes] | None = None

    @property
    def bytes_read(self) -> int:
        return self._raw.tell() if self._raw and not self._raw.closed else 0

    def fingerprint(self) -> str:
        """Tells this content from another of the same name: its size, beginning and end."""
        with self.path.open("rb") as file:
            beginning = file.read(SAMPLE)
            file.seek(max(0, self.size - SAMPLE))
            return hashlib.sha256(b"%d" % self.size + beginning + file.read()).hexdigest()

    def content(self) -> bytes:
        """The whole of a file that is known to be small, unpacked.

        Raises:
            BrokenOff: the compressed stream is cut off or damaged.
        """
        with self._open() as file:
            try:
                return file.read()
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise BrokenOff(f"The file is damaged or cut off: {error}") from error

    def lines(self) -> Iterator[Entry]:
        """The records of a file of JSON lines, plain or gzipped.

        Raises:
            BrokenOff: the compressed stream is cut off or damaged.
        """
        with self._open() as file:
            position, overlong = 0, False
            while True:
                try:
                    line = file.readline(MAX_LINE)
                except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                    raise BrokenOff(f"The file is damaged or cut off after line {position:,}: {error}") from error
                if not line:
                    return
                continues, overlong = overlong, not line.endswith(b"\n") and len(line) == MAX_LINE
                if continues:
                    continue
                position += 1
                if overlong:
                    yield Entry(position, problem=f"longer than {MAX_LINE:,} bytes")
                elif line.strip():
                    yield _parsed(position, line.removeprefix(b"\xef\xbb\xbf") if position == 1 else line)

    def items(self, prefix: str) -> Iterator[Entry]:
        """The records of one JSON document, under an ijson prefix such as `dataset.item`.

        Raises:
            BrokenOff: the document is cut off or is not JSON from some place on.
        """
        position = end = 0
        with self._open() as file:
            try:
                for position, value in enumerate(ijson.items(file, prefix, use_float=True), 1):
                    cleaned, had_nulls = without_nulls(value)
                    begin, end = end, file.tell()
                    yield Entry(position, cleaned, size=end - begin, remarks=NULL_REMARK if had_nulls else ())
            except (ijson.JSONError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
                raise BrokenOff(f"The file is not readable after record {position:,}: {error}") from error

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        with self.path.open("rb") as self._raw:
            is_gzip = self._raw.read(2) == b"\x1f\x8b"
            self._raw.seek(0)
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=self._raw)) if is_gzip else self._raw


NULL_REMARK = (Remark("", "\\u0000", "null characters were taken out"),)


@contextmanager
def opened(location: str) -> Iterator[SourceFile]:
    """The file at a path or an address. What was fetched from an address is removed in the end.

    Raises:
        OSError: there is no such file, or it may not be read.
        opengov.http.OutboundError: the address could not be fetched.
    """
    if not location.startswith(("http://", "https://")):
        yield SourceFile(Path(location))
        return
    path = _fetched(location)
    try:
        yield SourceFile(path)
    finally:
        path.unlink(missing_ok=True)


def _fetched(url: str) -> Path:
    folder = settings.VAR_DIR / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    path: Path = folder / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.download"
    return http.download(url, path, max_bytes=MAX_DOWNLOAD).path


def _parsed(position: int, line: bytes) -> Entry:
    has_nulls = b"\x00" in line
    try:
        value = orjson.loads(line.replace(b"\x00", b"") if has_nulls else line)
    except orjson.JSONDecodeError as error:
        return Entry(position, problem=f"not JSON: {error}")
    if b"\\u0000" in line:
        value, found = without_nulls(value)
        has_nulls = has_nulls or found
    return Entry(position, value, size=len(line), remarks=NULL_REMARK if has_nulls else ())


def without_nulls(value: Any) -> tuple[Any, bool]:
    """The value without null characters, which PostgreSQL does not store, and whether there were any."""
    found = False

    def clean(part: Any) -> Any:
        nonlocal found
        if isinstance(part, str):
            found = found or "\x00" in part
            return part.replace("\x00", "")
        if isinstance(part, list):
            return [clean(each) for each in part]
        return {clean(key): clean(each) for key, each in part.items()} if isinstance(part, dict) else part

    return clean(value), found


def read_record(entry: Entry, read: Callable[[Any], IncomingDataset]) -> IncomingDataset:
    """The record of an entry.

    Raises:
        Unreadable: there is none.
    """
    if entry.problem:
        raise Unreadable(entry.problem)
    record = read(entry.value)
    record.remarks += entry.remarks
    return record
