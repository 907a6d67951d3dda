"""What in a table looks like personal information. A trace is a reason to look, no proof: a number may just be a number."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .csv_sniffing import Table

SIN = re.compile(r"\b(\d{3})[ -]?(\d{3})[ -]?(\d{3})\b")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
TELEPHONE = re.compile(r"(?<![\d-])(\+?1[ .-]?)?(\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?!\d)")
POSTAL_CODE = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d\b", re.IGNORECASE)
HEADS = {
    "sin": re.compile(r"\b(sin|nas|social insurance|assurance sociale)\b", re.IGNORECASE),
    "email": re.compile(r"e-?mail|courriel", re.IGNORECASE),
    "telephone": re.compile(r"\b(tele)?phone|\bt[ée]l[ée]?phone|\btel\b|\bfax\b", re.IGNORECASE),
    "postal_code": re.compile(r"postal|\bpostcode", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Trace:
    """`kind`: "sin", "email", "telephone" or "postal_code"; `cells`: how many of the rows seen hold one, 0 if the head alone."""

    kind: str
    column: str
    cells: int


def traces(table: Table) -> list[Trace]:
    """The columns whose name or cells look like personal information."""
    found = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        head = column.name.replace("_", " ")
        for kind, looks_like in KINDS.items():
            count = sum(looks_like(cell) for cell in cells)
            if count or HEADS[kind].search(head):
                found.append(Trace(kind, column.name, count))
    return found


def is_sin(text: str) -> bool:
    """Nine digits that pass Luhn's check, of which the first is none that is not given out (0, 8)."""
    match = SIN.search(text)
    if match is None:
        return False
    digits = [int(digit) for digit in "".join(match.groups())]
    doubled = [sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(digits)]
    return digits[0] not in (0, 8) and sum(doubled) % 10 == 0


KINDS: dict[str, Callable[[str], bool]] = {
    "sin": is_sin,
    "email": lambda text: bool(EMAIL.search(text)),
    "telephone": lambda text: bool(TELEPHONE.search(text)),
    "postal_code": lambda text: bool(POSTAL_CODE.search(text)),
}
