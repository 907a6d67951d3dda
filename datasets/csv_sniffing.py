"""The first rows of a delimited text file, whatever its delimiter, as a table to look at."""

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import Any

ROWS = 50
COLUMNS = 30
CELL_CHARACTERS = 160
DELIMITERS = (",", ";", "\t", "|")
NUMBER = re.compile(r"[-+(]?[$€]?\s?\d[\d\s\u00a0\u202f.,]*\s?[%$€)]?")
DECIMAL_COMMA = re.compile(r"[-+]?[\d\s\u00a0\u202f]*\d,\d+")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The head of a table. `rows` are as wide as `columns`; `is_cut`: there are more rows.

    `width` is the number of columns of the file, of which the first are shown.
    """

    columns: list[Column]
    rows: list[list[str]]
    width: int
    delimiter: str = ""
    has_decimal_comma: bool = False
    is_cut: bool = False

    def lines(self) -> list[list[tuple[str, bool]]]:
        """Each row as pairs of a cell and whether its column is of numbers."""
        return [[(cell, column.is_number) for cell, column in zip(row, self.columns, strict=True)] for row in self.rows]


def read_table(text: str, *, is_cut: bool = False) -> Table:
    """The head of a delimited text. `is_cut`: the text ends somewhere inside the file, so that its last line is dropped.

    Raises:
        ValueError: there is no row in it.
    """
    if is_cut and "\n" in text:
        text = text[: text.rindex("\n")]
    delimiter = sniff_delimiter(text)
    return table_of(_rows(text, delimiter, ROWS + 2), delimiter)


def sniff_delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly, and into the most columns; a comma if none splits them."""

    def score(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in _rows(text, delimiter, 20) if row]
        if not widths or max(widths) == 1:
            return (0.0, 0)
        usual = max(set(widths), key=widths.count)
        return (widths.count(usual) / len(widths) if usual > 1 else 0.0, usual)

    best = max(DELIMITERS, key=score)
    return best if score(best)[0] > 0 else ","


def table_of(rows: list[list[str]], delimiter: str = "") -> Table:
    """Rows of cells, the first being the names, as a table of even width.

    Raises:
        ValueError: there is no row.
    """
    if not rows:
        raise ValueError("no rows")
    width = min(max(map(len, rows)), COLUMNS)
    body = [[cut(cell.strip(), CELL_CHARACTERS) for cell in (*row, *[""] * width)][:width] for row in rows[1 : ROWS + 1]]
    names = [cut(name.strip(), CELL_CHARACTERS) for name in (*rows[0], *[""] * width)][:width]
    columns = [Column(name, _is_number([row[place] for row in body])) for place, name in enumerate(names)]
    numbers = [cell for row in body for cell, column in zip(row, columns, strict=True) if column.is_number]
    return Table(
        columns=columns,
        rows=body,
        width=max(map(len, rows)),
        delimiter=delimiter,
        has_decimal_comma=delimiter != "," and any(DECIMAL_COMMA.fullmatch(cell) for cell in numbers),
        is_cut=len(rows) > ROWS + 1,
    )


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rstrip() + "…"


def cell_text(value: Any) -> str:
    """A value as a cell shows it: nothing for none; true, false, lists and objects as JSON writes them."""
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | list | dict) else str(value)


def _rows(text: str, delimiter: str, most: int) -> list[list[str]]:
    """The first rows that hold anything; a cell too large for the reader ends them."""
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                found.append(row)
            if len(found) == most:
                break
    except csv.Error:
        pass
    return found


def _is_number(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(NUMBER.fullmatch(cell) for cell in filled)
