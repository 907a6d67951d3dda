"""Whether a file is what its name says, from its first bytes. What a department gives out is data and documents, no programs."""

from pathlib import PurePath

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
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
FORMATS = {"htm": "HTML", "jpeg": "JPG", "tif": "TIFF", "nc": "NetCDF", "h5": "HDF", "yml": "other", "geoparquet": "GeoParquet"}


def extension_of(filename: str) -> str:
    return PurePath(filename).suffix.lstrip(".").lower()


def is_taken(filename: str) -> bool:
    """Whether files of this kind are taken at all."""
    return extension_of(filename) in BINARY or extension_of(filename) in TEXT


def is_what_it_says(filename: str, head: bytes) -> bool:
    """Whether the first bytes fit the ending of the name."""
    extension = extension_of(filename)
    if head.startswith(PROGRAMS):
        return False
    if extension in TEXT:
        return b"\x00" not in head or head.startswith(UTF_16)
    beginnings = BINARY.get(extension)
    return beginnings is not None and (not beginnings or head.startswith(beginnings))
