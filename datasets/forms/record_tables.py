"""Records as a table: one line a record, one column a field, out to a spreadsheet and in again."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import openpyxl
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opengov.csv_files import FORMULA_STARTS

from ..ckan.fields import Field, Kind
from ..content_sniffing import extension_of
from ..csv_sniffing import sniff_delimiter
from ..encodings import decode
from ..models import Dataset
from ..selectors import terms
from ..services.bulk import RecordChange
from .merging import fingerprint
from .record_sections import GEOSPATIAL_PART, PARTS, PUBLICATION_PART
from .records import SPECS, form_field

KEYS = ("id", "name")  # either tells which record a line is of; without both it is a new one
BETWEEN = "; "
MOST_ROWS = 2_000
UNZIPPED_BYTES = 60_000_000
NOT_IN_CELLS = ("credit", "contact_information", "machine_translated", "links")  # objects, which only the form can show
SPEC_OF = {
    column: SPECS[stem]
    for part in (*PARTS, GEOSPATIAL_PART, PUBLICATION_PART)
    for stem in part.stems
    if stem not in NOT_IN_CELLS
    for column in SPECS[stem].columns
}
HEADER = (*KEYS, *SPEC_OF)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong at a place of the table; `row` counts as spreadsheets do, the header being 1."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class Preview:
    """What a table would change. Where there is a problem, nothing of it is taken."""

    changes: list[RecordChange] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    unchanged: int = 0


class UnreadableTable(ValueError):
    """The file is no table that can be taken; the message says why, for people."""


def lines(datasets: Iterable[Dataset]) -> Iterator[list[str]]:
    """The table of the records, with its header."""
    yield list(HEADER)
    for dataset in datasets:
        yield [str(dataset.pk), dataset.name, *(to_cell(getattr(dataset, column)) for column in SPEC_OF)]


def write_xlsx(rows: Iterable[Sequence[str]], file: Any) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("records")
    sheet.freeze_panes = "C2"
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    book.save(file)


def _text_cell(sheet: Any, text: str) -> Any:
    """Text, also where it looks like a formula."""
    cell = openpyxl.cell.WriteOnlyCell(sheet, openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text))
    if text.startswith("="):
        cell.data_type = "s"
    return cell


def to_cell(value: Any) -> str:
    if isinstance(value, list):
        return BETWEEN.join(_quoted(str(each)) for each in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value or "")


def _quoted(text: str) -> str:
    """As a spreadsheet quotes a cell of a CSV file, where the text holds what stands between values."""
    return '"{}"'.format(text.replace('"', '""')) if BETWEEN[0] in text or text.startswith('"') else text


def _parts(text: str) -> list[str]:
    """The values of a cell; the reverse of what `to_cell` writes."""
    line = " ".join(text.split())
    return [part.strip() for part in next(csv.reader([line], delimiter=BETWEEN[0], skipinitialspace=True), []) if part.strip()]


def read_rows(name: str, content: bytes) -> list[dict[str, str]]:
    """The lines of a table by the names of its columns. Lines without any text are passed over.

    Raises:
        UnreadableTable: see there.
    """
    try:
        table = _read_xlsx(content) if extension_of(name) == "xlsx" else _read_csv(content)
    except (csv.Error, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableTable(_("This file cannot be read. Give a CSV or an XLSX file.")) from error
    header = [cell.strip() for cell in table[0]] if table else []
    if not set(header) & set(SPEC_OF):
        raise UnreadableTable(_("The first line names no field of a record. Begin with the table that the portal gives out."))
    if strange := [cell for cell in header if cell and cell not in HEADER]:
        message = _("The table has columns that are no fields of a record: %(columns)s.")
        raise UnreadableTable(message % {"columns": ", ".join(strange)})
    if twice := sorted({cell for cell in header if cell and header.count(cell) > 1}):
        raise UnreadableTable(_("The table has more than one column of this name: %(columns)s.") % {"columns": ", ".join(twice)})
    if len(table) > MOST_ROWS + 1:
        raise UnreadableTable(_("The table has more than %(most)s lines.") % {"most": MOST_ROWS})
    return [dict(zip(header, row, strict=False)) for row in table[1:]]


def _read_csv(content: bytes) -> list[list[str]]:
    text, _encoding = decode(content)
    rows = csv.reader(io.StringIO(text), delimiter=sniff_delimiter(text))
    return [[_without_apostrophe(cell.strip()) for cell in row] for row in rows]


def _without_apostrophe(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


def _read_xlsx(content: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > UNZIPPED_BYTES:
            raise ValueError("too large")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=len(HEADER) + 20, values_only=True)
    return [[_from_workbook(value) for value in row] for row in rows]


def _from_workbook(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


class TableReader:
    """Reads lines against the records that they are of; the fields are those of the form, and so are their errors."""

    def __init__(self, records: Iterable[Dataset]) -> None:
        found = list(records)
        self.records = {str(record.pk): record for record in found} | {record.name: record for record in found}
        self.fields = {column: form_field(spec, column, held=_all_codes(spec)) for column, spec in SPEC_OF.items()}

    def preview(self, rows: Iterable[Mapping[str, str]]) -> Preview:
        found = Preview()
        seen: set[str] = set()
        for number, row in enumerate(rows, start=2):
            if not any(row.values()):
                continue
            key = row.get("id") or row.get("name") or ""
            record = self.records.get(key)
            if key and record is None:
                column = "id" if row.get("id") else "name"
                found.problems.append(CellProblem(number, column, _("None of your records is “%(key)s”.") % {"key": key}))
            elif record is not None and str(record.pk) in seen:
                found.problems.append(CellProblem(number, "id", _("This record stands in the table twice.")))
            else:
                seen.add(str(record.pk) if record else "")
                self._read(number, row, record, found)
        return found

    def _read(self, number: int, row: Mapping[str, str], record: Dataset | None, found: Preview) -> None:
        base = record or Dataset()
        before, after = {}, {}
        for column in row.keys() & SPEC_OF.keys():
            try:
                value = self.fields[column].clean(to_data(SPEC_OF[column], row[column]))
            except ValidationError as error:
                found.problems += [CellProblem(number, column, message) for message in error.messages]
                continue
            if fingerprint(value) != fingerprint(getattr(base, column)) and (record or row[column]):
                before[column], after[column] = getattr(base, column), value
        title = after.get("title_en") or after.get("title_fr") or base.title_en or base.title_fr or base.name
        if record is None and not title:
            found.problems.append(CellProblem(number, "title_en", _("A new record begins with a title.")))
        elif after:
            found.changes.append(RecordChange(record.pk if record else None, title, before, after))
        else:
            found.unchanged += 1


def to_data(spec: Field, text: str) -> Any:
    """What the form's field is given of a cell: codes also where the cell has a label or another name of them."""
    if spec.kind == Kind.TAGS:
        return _parts(text)
    if spec.kind == Kind.CODES:
        return [_code(spec, part) for part in _parts(text)]
    return _code(spec, text) if spec.kind == Kind.CODE else text


def _code(spec: Field, text: str) -> str:
    if code := terms.code_of(spec.vocabulary, text):
        return code
    named = (each.code for each in terms.choices(spec.vocabulary).values() if text and text in (each.label_en, each.label_fr))
    return next(named, text)


def _all_codes(spec: Field) -> list[str]:
    return list(terms.choices(spec.vocabulary)) if spec.vocabulary else []


class TableForm(forms.Form):
    """A table of records to be read."""

    MOST_BYTES = 10_000_000

    file = forms.FileField(max_length=255)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Table (CSV or XLSX)")
        self.fields["file"].help_text = _(
            "A column that is not there is left alone; an empty cell empties the field. Several values in a cell stand between "
            'semicolons; a value that holds a semicolon itself stands in double quotes: ice; "tides; currents".'
        )
        self.rows: list[dict[str, str]] = []

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.MOST_BYTES:
            raise ValidationError(_("The table is too large."), code="size")
        try:
            self.rows = read_rows(file.name, file.read())
        except UnreadableTable as error:
            raise ValidationError(str(error), code="table") from error
        return file
