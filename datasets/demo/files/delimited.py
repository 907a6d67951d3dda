"""CSV and plain text: one file for each language, as departments give them out."""

import csv
import io
import textwrap

from ..content import Department, Entry, Language
from ..tables import Sheet
from .cells import NOTICE, header, plain


def csv_file(department: Department, entry: Entry, sheet: Sheet, language: Language) -> bytes:
    """RFC 4180 in UTF-8, with the byte order mark without which spreadsheets misread French."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header(sheet, language))
    writer.writerows([plain(cell, language) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def txt_file(department: Department, entry: Entry, sheet: Sheet, language: Language) -> bytes:
    """A table in columns of fixed width, under its title and description."""
    title, description = entry.title.in_language(language), entry.description.in_language(language)
    rows = [header(sheet, language), *([str(plain(cell, language)) for cell in row] for row in sheet.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    head = [title, department.title.in_language(language), "", *textwrap.wrap(description, 100), "", NOTICE.in_language(language)]
    return ("\n".join([*head, "", lines[0], "-" * (sum(widths) + 2 * len(widths) - 2), *lines[1:]]) + "\n").encode()
