"""Facets, ranges and boxes over a snapshot: what needs no word is answered from sets and arrays alone."""

from collections.abc import Mapping
from functools import reduce
from math import inf
from operator import and_, or_

from ...engine import Range
from . import bits
from .snapshot import Snapshot

SIDES = ("west", "south", "east", "north")


def chosen_sets(snapshot: Snapshot, chosen: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """For each facet with a choice, the documents that have one of the codes."""
    return {
        facet: reduce(or_, (snapshot.facets[facet].get(code, 0) for code in codes), 0) for facet, codes in chosen.items() if codes
    }


def count_facets(snapshot: Snapshot, among: int, chosen: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """For each facet the counts of its codes, within the choices of the other facets; codes without a document are left out."""
    counts = {}
    for facet, by_code in snapshot.facets.items():
        others = reduce(and_, (documents for name, documents in chosen.items() if name != facet), among)
        counts[facet] = {code: number for code, documents in by_code.items() if (number := (documents & others).bit_count())}
    return counts


def in_range(snapshot: Snapshot, name: str, limits: Range) -> int:
    """The documents whose number lies between both limits, included; never those whose number is unknown (NaN)."""
    low = -inf if limits[0] is None else limits[0]
    high = inf if limits[1] is None else limits[1]
    values = snapshot.numbers[name]
    return bits.from_numbers([number for number, value in enumerate(values) if low <= value <= high], snapshot.size)


def in_box(snapshot: Snapshot, box: tuple[float, float, float, float]) -> int:
    """The documents whose box touches this one; in both, west > east means across the 180th meridian."""
    west, south, east, north = box
    sides = zip(*(snapshot.numbers[side] for side in SIDES), strict=True)
    found = [number for number, (w, s, e, n) in enumerate(sides) if s <= north and n >= south and _meet(west, east, w, e)]
    return bits.from_numbers(found, snapshot.size)


def _meet(west: float, east: float, w: float, e: float) -> bool:
    """Whether two arcs of longitude meet: one of the four starts or ends lies in the other arc."""
    if west <= east and w <= e:
        return w <= east and e >= west
    if west > east and w > e:
        return True
    return (w <= east or e >= west) if west > east else (west <= e or east >= w)
