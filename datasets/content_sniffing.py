"""Whether a file is what its name says, by how it begins, and an archive by the names of what it holds.

What a department gives out is data and documents, no programs. Of a file of any size a part of fixed size is read; nothing is
unpacked.
"""

import re
import struct
import zipfile
from pathlib import PurePath
from typing import Any

from .encodings import decode

HEAD_BYTES = 4096
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
# The beginnings of the binary files that are taken, by the ending of their name. No beginning: it has none that is fixed.
BINARY: dict[str, tuple[bytes, ...]] = {
    **dict.fromkeys(("zip", "xlsx", "ods", "docx", "odt", "pptx", "odp", "kmz", "epub"), ZIP),
    **dict.fromkeys(("xls", "doc", "ppt"), OFFICE),
    **dict.fromkeys(("tif", "tiff"), TIFF),
    **dict.fromkeys(("jpg", "jpeg"), (b"\xff\xd8\xff",)),
    **dict.fromkeys(("sqlite", "sqlite3", "gpkg"), (b"SQLite format 3\x00",)),
    **dict.fromkeys(("parquet", "geoparquet"), (b"PAR1",)),
    **dict.fromkeys(("nc", "hdf", "h5"), (b"CDF", b"\x89HDF", b"\x0e\x03\x13\x01")),
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "gif": (b"GIF87a", b"GIF89a"),
    "gz": (b"\x1f\x8b",),
    "sav": (b"$FL2", b"$FL3"),
    "las": (b"LASF",),
    "dbf": (),
}
TEXT = frozenset(
    (
        "csv", "tsv", "tab", "txt", "json", "jsonl", "geojson", "jsonld", "xml", "rdf", "ttl", "nt", "kml", "gml", "html", "htm",
        "md", "sql", "yaml", "yml", "r", "py", "rtf",
    )
)  # fmt: skip
# How text of these kinds begins, after a byte-order mark and blanks. A browser would take the markup for a page.
MARKUP = re.compile(r"(?!<[!?]|<[a-z][^<>]*>)", re.IGNORECASE)
OBJECTS = re.compile(r"[\[{]")
TEXT_BEGINNINGS = {
    **dict.fromkeys(("csv", "tsv", "tab"), MARKUP),
    **dict.fromkeys(("geojson", "jsonl", "jsonld"), OBJECTS),
    **dict.fromkeys(("xml", "rdf", "kml", "gml"), re.compile("<")),
    "json": re.compile(r'[\[{"\d-]|true|false|null'),
    "rtf": re.compile(r"\{\\rtf"),
}
# What archives of these kinds hold, in small letters.
CONTENT_TYPES = r"\[content_types\]\.xml"
MEMBERS = {
    "xlsx": (CONTENT_TYPES, r"xl/.*\.xml"),
    "docx": (CONTENT_TYPES, r"word/.*\.xml"),
    "pptx": (CONTENT_TYPES, r"ppt/.*\.xml"),
    **dict.fromkeys(("ods", "odt", "odp"), (r"meta-inf/manifest\.xml", r"content\.xml")),
    "epub": (r"meta-inf/container\.xml",),
    "kmz": (r".*\.kml",),
    "zip": (),
}
MOST_BYTES = 4 * 1024 * 1024  # of the list of members
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
FORMATS = {"htm": "HTML", "jpeg": "JPG", "tif": "TIFF", "nc": "NetCDF", "h5": "HDF", "yml": "other", "geoparquet": "GeoParquet"}


def extension_of(filename: str) -> str:
    return PurePath(filename).suffix.lstrip(".").lower()


def is_taken(filename: str) -> bool:
    """Whether files of this kind are taken at all."""
    return extension_of(filename) in BINARY or extension_of(filename) in TEXT


def is_what_it_says(filename: str, file: Any) -> bool:
    """Whether the content fits the ending of the name. The file can be sought in, and stands at its beginning afterwards."""
    extension = extension_of(filename)
    head = file.read(HEAD_BYTES)
    fits = _begins_well(extension, head) and (extension not in MEMBERS or _holds(file, MEMBERS[extension]))
    file.seek(0)
    return fits


def _begins_well(extension: str, head: bytes) -> bool:
    if head.startswith(PROGRAMS):
        return False
    if extension in TEXT:
        is_text = b"\x00" not in head or head.startswith(UTF_16)
        beginning = TEXT_BEGINNINGS.get(extension)
        return is_text and (beginning is None or beginning.match(decode(head)[0].lstrip("\ufeff \t\n\f")) is not None)
    beginnings = BINARY.get(extension)
    return beginnings is not None and (not beginnings or head.startswith(beginnings))


def _holds(file: Any, wanted: tuple[str, ...]) -> bool:
    """Whether it is an archive that holds a member of each of these names."""
    try:
        with zipfile.ZipFile(_Bounded(file)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error):
        return False
    return all(any(re.fullmatch(pattern, name) for name in names) for pattern in wanted)


class _Bounded:
    """A file of which no more than `MOST_BYTES` are read: the list of members says itself how long it is."""

    def __init__(self, file: Any) -> None:
        self.file, self.left = file, MOST_BYTES

    def read(self, size: int = -1) -> bytes:
        if size > self.left:
            raise zipfile.BadZipFile("a list of members that is too long")
        found: bytes = self.file.read(size)
        self.left -= len(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)
