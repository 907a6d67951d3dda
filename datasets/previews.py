"""What is inside a file that we hold, as far as a page can show it: a few rows, some text, a picture, a map.

Nothing is executed, nothing is fetched, and no more than a capped part is read. The same content has the same preview,
so it is kept in the cache under the hash of the file.
"""

import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

import openpyxl
from django.core.cache import cache

from .csv_sniffing import Table, cell_text, cut, read_table, table_of
from .encodings import decode
from .geojson import GeoPreview, geo_preview
from .models import Resource

KEEP_SECONDS = 86_400
HEAD_BYTES = 256 * 1024
WHOLE_BYTES = 8 * 1024 * 1024
UNZIPPED_BYTES = 40 * 1024 * 1024
TEXT_CHARACTERS = 12_000
# What the readers raise over files that are not what they say: among them `SyntaxError` for broken XML, `LookupError` for
# a part that is not there, `RuntimeError` for a locked archive or too deep a nesting.
UNREADABLE = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)

KINDS = {
    "csv": "table", "tsv": "table", "tab": "table", "xlsx": "workbook", "json": "json", "jsonl": "text", "geojson": "geojson",
    "txt": "text", "md": "text", "xml": "text", "rdf": "text", "ttl": "text", "nt": "text", "kml": "text", "gml": "text",
    "html": "text", "htm": "text", "sql": "text", "yaml": "text", "r": "text", "py": "text",
    "png": "image", "jpg": "image", "jpeg": "image", "gif": "image", "webp": "image",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What to show: one of `table`, `text`, `geo`, or for a picture nothing but its kind; `problem` says why not.

    Attributes:
        encoding: as people call it, where text was read.
        is_cut: there is more in the file than is shown.
    """

    kind: str
    table: Table | None = None
    text: str = ""
    geo: GeoPreview | None = None
    encoding: str = ""
    is_cut: bool = False
    is_unreadable: bool = False


def kind_of(resource: Resource) -> str:
    """The way to show a resource's file, from its name or else its format; empty where there is none, or no file."""
    if not resource.file:
        return ""
    extension = PurePath(resource.filename).suffix.lstrip(".").lower()
    return KINDS.get(extension) or KINDS.get(resource.format.lower(), "")


def can_preview(resource: Resource) -> bool:
    kind = kind_of(resource)
    return bool(kind) and (kind not in ("workbook", "geojson", "image") or (resource.size or 0) <= WHOLE_BYTES)


def preview_of(resource: Resource) -> Preview | None:
    """The preview of a resource's file; `None` where it has no file of a kind that can be shown."""
    if not can_preview(resource):
        return None
    kind = kind_of(resource)
    return cache.get_or_set(f"preview-{kind}-{resource.sha256}", lambda: _read(resource, kind), KEEP_SECONDS)


def _read(resource: Resource, kind: str) -> Preview:
    if kind == "image":
        return Preview(kind)
    limit = WHOLE_BYTES if kind in ("workbook", "geojson") else HEAD_BYTES
    with resource.file.open("rb") as file:
        content = file.read(limit)
    is_cut = (resource.size or 0) > len(content)
    try:
        return READERS[kind](content, is_cut)
    except UNREADABLE:
        return Preview(kind, is_unreadable=True)


def _table(content: bytes, is_cut: bool) -> Preview:
    text, encoding = decode(content)
    table = read_table(text, is_cut=is_cut)
    return Preview("table", table=table, encoding=encoding, is_cut=is_cut or table.is_cut)


def _workbook(content: bytes, is_cut: bool) -> Preview:
    """The first sheet. A workbook that would unzip to more than it may is not opened."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > UNZIPPED_BYTES:
            return Preview("workbook", is_unreadable=True)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows = [[_cell(value) for value in row] for row in book.worksheets[0].iter_rows(max_row=60, max_col=60, values_only=True)]
    table = table_of([row for row in rows if any(row)])
    return Preview("workbook", table=table, is_cut=table.is_cut)


def _cell(value: Any) -> str:
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return cell_text(value)


def _json(content: bytes, is_cut: bool) -> Preview:
    text, encoding = decode(content)
    if not is_cut:
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return Preview("text", text=cut(text, TEXT_CHARACTERS), encoding=encoding, is_cut=is_cut or len(text) > TEXT_CHARACTERS)


def _text(content: bytes, is_cut: bool) -> Preview:
    text, encoding = decode(content)
    return Preview("text", text=cut(text, TEXT_CHARACTERS), encoding=encoding, is_cut=is_cut or len(text) > TEXT_CHARACTERS)


def _geojson(content: bytes, is_cut: bool) -> Preview:
    text, encoding = decode(content)
    geo = geo_preview(json.loads(text))
    return Preview("geojson", geo=geo, table=geo.table, encoding=encoding, is_cut=geo.is_cut)


READERS = {"table": _table, "workbook": _workbook, "json": _json, "text": _text, "geojson": _geojson}
