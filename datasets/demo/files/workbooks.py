"""XLSX: a workbook with a sheet in each language and a sheet of notes."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ..content import Department, Entry, Language
from ..tables import Cell, Sheet
from .cells import NOTICE, header, plain

SHEETS: dict[Language, str] = {"en": "Data", "fr": "Données"}
BOLD, HEAD = Font(bold=True), PatternFill("solid", fgColor="E6ECF2")
MOMENT = (2026, 1, 1, 0, 0, 0)  # of every member of the archive: its bytes depend on its content alone


def xlsx_file(department: Department, entry: Entry, sheet: Sheet) -> bytes:
    """The table twice, in English and in French, with frozen headings, and notes on what it is."""
    book = Workbook(write_only=True)
    for language, title in SHEETS.items():
        _add_table(book.create_sheet(title), sheet, language)
    _add_notes(book.create_sheet("Notes"), department, entry)
    book.properties.title = f"{entry.title.en} | {entry.title.fr}"
    book.properties.creator = f"{department.title.en} | {department.title.fr}"
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _add_table(page: Any, sheet: Sheet, language: Language) -> None:
    names = header(sheet, language)
    page.freeze_panes = "A2"
    for number, name in enumerate(names, 1):
        page.column_dimensions[get_column_letter(number)].width = min(max(len(name) + 2, 12), 40)
    page.append([_heading(page, name) for name in names])
    for row in sheet.rows:
        page.append([_native(cell, language) for cell in row])


def _add_notes(page: Any, department: Department, entry: Entry) -> None:
    page.column_dimensions["A"].width = page.column_dimensions["B"].width = 70
    page.append([_heading(page, "English"), _heading(page, "Français")])
    for text in (entry.title, department.title, entry.description, NOTICE):
        page.append([_wrapped(page, text.en), _wrapped(page, text.fr)])


def _native(cell: Cell, language: Language) -> str | int | float | dt.date:
    """Numbers as numbers and dates as dates, so that the workbook sorts and adds up."""
    return cell if isinstance(cell, dt.date) else plain(cell, language)


def _heading(page: Any, text: str) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.font, cell.fill = BOLD, HEAD
    return cell


def _wrapped(page: Any, text: str) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _timeless(workbook: bytes) -> bytes:
    """The same workbook without the time of its writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as written, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(written.namelist()):
            content = written.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", content)
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
