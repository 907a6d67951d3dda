"""PDF: a short report of the figures, and the data dictionary, one for each language."""

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ..content import Column, Department, Entry, Language, Text
from ..tables import Sheet
from .cells import NOTICE, header, plain

ROWS = 60  # of a report; the whole table is in the data files
NAVY = colors.HexColor("#1f3a56")
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=13, spaceAfter=8)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=8, leading=10, spaceAfter=0)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Helvetica-Bold", textColor=NAVY)
TITLE = ParagraphStyle("title", parent=BODY, fontName="Helvetica-Bold", fontSize=17, leading=21, textColor=NAVY)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, textColor=colors.HexColor("#555555"))
LINES = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e6ecf2")),
        ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.HexColor("#c3ccd6")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("FONT", (0, 1), (-1, -1), "Helvetica", 8, 10),
    ]
)

FIRST_ROWS = Text("The first {shown} of {all} rows.", "Les {shown} premières lignes sur {all}.")
ALL_ROWS = Text("{all} rows.", "{all} lignes.")
DICTIONARY = Text("Data dictionary", "Dictionnaire de données")
HEADINGS = (Text("Column", "Colonne"), Text("Identifier", "Identifiant"), Text("What it holds", "Contenu"))
HOLDS = {
    "year": Text("Year", "Année"),
    "quarter": Text("Quarter of the calendar year, as in 2026-Q1", "Trimestre civil, par exemple 2026-T1"),
    "month": Text("Month, as in 2026-01", "Mois, par exemple 2026-01"),
    "day": Text("Day, as in 2026-01-31", "Jour, par exemple 2026-01-31"),
    "province": Text("Name of the province or territory", "Nom de la province ou du territoire"),
    "city": Text("Name of the city", "Nom de la ville"),
    "serial": Text("Identifier of the row", "Identifiant de la ligne"),
    "place": Text("Name of the place", "Nom du lieu"),
    "integer": Text("Whole number", "Nombre entier"),
    "decimal": Text("Number with decimals", "Nombre décimal"),
    "percent": Text("Per cent", "Pourcentage"),
    "money": Text("Amount in Canadian dollars", "Montant en dollars canadiens"),
    "flag": Text("Yes or No", "Oui ou Non"),
    "date": Text("Date, as in 2026-01-31", "Date, par exemple 2026-01-31"),
}
ONE_OF = Text("One of: {values}", "L'une des valeurs suivantes : {values}")


def report_file(department: Department, entry: Entry, sheet: Sheet, language: Language) -> bytes:
    """The description and the first rows, to print."""
    rows = [[str(plain(cell, language)) for cell in row] for row in sheet.rows[:ROWS]]
    counted = FIRST_ROWS if len(sheet.rows) > ROWS else ALL_ROWS
    caption = counted.in_language(language).format(shown=ROWS, all=len(sheet.rows))
    return _document(department, entry, language, entry.title, [Paragraph(caption, SMALL), _grid(header(sheet, language), rows)])


def guide_file(department: Department, entry: Entry, sheet: Sheet, language: Language) -> bytes:
    """What each column holds."""
    rows = [[column.name.in_language(language), column.id, _holds(column, language)] for column in sheet.columns]
    title = Text(f"{DICTIONARY.en}: {entry.title.en}", f"{DICTIONARY.fr} : {entry.title.fr}")
    return _document(department, entry, language, title, [_grid([heading.in_language(language) for heading in HEADINGS], rows)])


def _holds(column: Column, language: Language) -> str:
    if column.values:
        values = "; ".join(value.in_language(language) for value in column.values)
        return ONE_OF.in_language(language).format(values=values)
    return HOLDS[column.kind].in_language(language)


def _document(department: Department, entry: Entry, language: Language, title: Text, body: Sequence[Flowable]) -> bytes:
    """A PDF with its title, author and language in its properties. `invariant` leaves out the time of its writing."""
    out = io.BytesIO()
    heading, author = title.in_language(language), department.title.in_language(language)
    document = SimpleDocTemplate(
        out,
        pagesize=landscape(letter),
        leftMargin=inch,
        rightMargin=inch,
        topMargin=0.8 * inch,
        bottomMargin=0.8 * inch,
        title=heading,
        author=author,
        subject=entry.title.in_language(language),
        lang=f"{language}-CA",
        invariant=1,
        displayDocTitle=1,
    )
    front: list[Flowable] = [
        Paragraph(_escaped(heading), TITLE),
        Paragraph(_escaped(author), SMALL),
        Paragraph(_escaped(entry.description.in_language(language)), BODY),
        Paragraph(_escaped(NOTICE.in_language(language)), SMALL),
        Spacer(0, 6),
    ]
    document.build([*front, *body])
    return out.getvalue()


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    cells: list[list[Any]] = [[Paragraph(_escaped(name), HEAD) for name in head]]
    # A paragraph wraps and costs; most cells are a number or a word.
    cells += [[Paragraph(_escaped(cell), CELL) if len(cell) > 24 else cell for cell in row] for row in rows]
    return Table(cells, repeatRows=1, style=LINES, hAlign="LEFT")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
