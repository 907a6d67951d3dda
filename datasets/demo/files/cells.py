"""How the cells of a table are written."""

import datetime as dt

from ..content import Column, Language, Text
from ..tables import Cell, Sheet

NOTICE = Text("Demonstration data: the figures are invented.", "Données de démonstration : les chiffres sont inventés.")
YES_NO = {True: Text("Yes", "Oui"), False: Text("No", "Non")}


def plain(cell: Cell, language: Language) -> str | int | float:
    """The cell for people who read this language; numbers stay numbers, with a decimal point."""
    if isinstance(cell, bool):
        return YES_NO[cell].in_language(language)
    if isinstance(cell, Text):
        return cell.in_language(language)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def header(sheet: Sheet, language: Language) -> list[str]:
    return [column.name.in_language(language) for column in sheet.columns]


def bilingual(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> dict[str, str | int | float | bool]:
    """The row for programs, by the columns' identifiers; what differs by language is two values, `_en` and `_fr`."""
    record: dict[str, str | int | float | bool] = {}
    for column, cell in zip(columns, row, strict=True):
        if isinstance(cell, Text):
            record[f"{column.id}_en"], record[f"{column.id}_fr"] = cell
        else:
            record[column.id] = cell.isoformat() if isinstance(cell, dt.date) else cell
    return record
