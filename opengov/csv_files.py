"""Tables as CSV for spreadsheets."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Iterable[Sequence[str]], file: Any) -> None:
    """With the mark by which spreadsheets know UTF-8, and an apostrophe before what they would take for a formula."""
    file.write("\ufeff")
    csv.writer(file).writerows([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in row] for row in rows)


def csv_response(rows: Iterable[Sequence[str]], filename: str) -> HttpResponse:
    """The table as a file to download."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    write_csv(rows, response)
    return response
