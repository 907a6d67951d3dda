"""The rows of a demonstration table: figures nobody measured, yet of a kind that could have been.

A figure depends on how large the province or city is, on what the row is about, on the years gone by and the time of the year,
and a little on chance. Chance is a hash of the names involved: the same content gives the same figures, everywhere and always.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import product
from math import cos, pi, tanh
from typing import Any

from .content import Column, Entry, Text
from .dimensions import Member, Point, members

Cell = int | float | bool | str | dt.date | Text
Key = tuple[Member, ...]

WIDE = 15  # bounds so many times apart are run through by factors, not by steps: Ontario is 300 times Yukon
JULY = 0.55  # of a year


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its rows.

    Attributes:
        points: where each row lies (longitude, latitude); empty where the table has no places.
        latest: the numbers of the rows of the last period; all of them where the table has no time.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    points: tuple[Point, ...]
    latest: tuple[int, ...]


def fill(entry: Entry) -> Sheet:
    """Make the rows of a dataset's table: each combination of its dimensions, with its measures."""
    columns = entry.table.columns
    dimensions = [column for column in columns if column.is_dimension]
    keys = list(product(*(members(column) for column in dimensions)))
    parts = max((len(column.values) - 1 for column in dimensions if column.has_total), default=1)
    measured = {
        column.id: [_measure(entry.slug, column, key, parts) for key in keys] for column in columns if not column.is_dimension
    }
    _add_up(keys, measured)
    for group in entry.table.rising:
        _let_rise(group, measured)
    named = {column.id: [key[place].value for key in keys] for place, column in enumerate(dimensions)}
    return Sheet(
        columns=columns,
        rows=tuple(zip(*((named | measured)[column.id] for column in columns), strict=True)),
        points=tuple(member.point for key in keys for member in key if member.point),
        latest=tuple(number for number, key in enumerate(keys) if all(member.moment in (None, 1.0) for member in key)),
    )


def is_wide(column: Column) -> bool:
    """Whether the bounds lie so far apart that the figures grow by factors."""
    return column.kind != "percent" and column.low >= 0 and (column.high + 1) / (column.low + 1) > WIDE


@lru_cache(maxsize=4096)
def chance(*names: object) -> float:
    """A number from 0 up to 1 that these names decide: without a seed to hand on, the same in every process."""
    return int.from_bytes(blake2b(repr(names).encode(), digest_size=6).digest()) / 2**48


def _measure(slug: str, column: Column, key: Key, parts: int) -> Cell:
    subject = _values(tuple(member for member in key if not member.is_time)) or _values(key)
    match column.kind:
        case "text":
            return column.values[int(chance(slug, column.id, subject) * len(column.values))]
        case "flag":
            return chance(slug, column.id, subject) < 0.35 + 0.4 * chance(slug, column.id)
        case "date":
            return column.first + (column.last - column.first) * chance(slug, column.id, _values(key))
        case _:
            return _figure(column, _level(slug, column, key), parts)


def _figure(column: Column, level: float, parts: int) -> int | float:
    """The figure at a level between 0 (the low bound) and 1 (the high bound), rounded as its kind is written.

    A count of one of `parts` is divided by them, so that their total stays within the bounds.
    """
    low, high = column.low, column.high
    figure = (low + 1) * ((high + 1) / (low + 1)) ** level - 1 if is_wide(column) else low + (high - low) * level
    match column.kind:
        case "integer":
            return round(figure / parts)
        case "money":
            return round(figure, 2) if high < 10_000 else round(figure)
        case _:
            return round(figure, column.digits or 1)


def _level(slug: str, column: Column, key: Key) -> float:
    """Where between its bounds a figure lies, 0 to 1: what the row is about, then trend, season and chance."""
    level = _standing(slug, column, [member for member in key if not member.is_time])
    peak, swing = (JULY, 0.38) if column.is_summery else (chance(slug, "peak"), 0.07)
    for member in key:
        if member.moment is not None:
            level += (chance(slug, column.id, "trend") - 0.4) * 0.3 * (member.moment - 0.5)
        if member.season is not None:
            level += swing * cos(2 * pi * (member.season - peak))
    level += 0.05 * (chance(slug, column.id, _values(key)) - 0.5)
    return 0.5 + 0.5 * tanh(2.2 * (level - 0.5))


def _standing(slug: str, column: Column, subject: list[Member]) -> float:
    """How high the figures of this subject are beside those of others, 0 to 1: by size where that is known, and by chance.

    Half of the chance is common to the columns of a row, so that they move together.
    """
    sized = [member.size for member in subject if member.size is not None and is_wide(column)]
    others = [member for member in subject if member.size is None or not is_wide(column)]
    levels = [0.5 * chance(slug, member.value) + 0.5 * chance(slug, column.id, member.value) for member in others]
    if sized:
        share = 1.0 if len(sized) == 1 else 0.65
        levels += [max(1 - share * sum(1 - size for size in sized), 0)] * 3
    return sum(levels) / len(levels) if levels else 0.5


def _values(key: Key) -> tuple[object, ...]:
    return tuple(member.value for member in key)


def _add_up(keys: list[Key], measured: dict[str, list[Cell]]) -> None:
    """Where a member stands for all the others, give it their sum; of rates, their mean."""
    for place in range(len(keys[0])):
        groups: dict[Key, list[int]] = defaultdict(list)
        for number, key in enumerate(keys):
            groups[key[:place] + key[place + 1 :]].append(number)
        for total, *parts in groups.values():
            if keys[total][place].is_total:
                for figures in measured.values():
                    figures[total] = _of_all([figures[part] for part in parts])


def _of_all(parts: list[Any]) -> Cell:
    whole: int | float = sum(parts)
    return whole if isinstance(whole, int) else round(whole / len(parts), 1)


def _let_rise(group: tuple[str, ...], measured: dict[str, list[Cell]]) -> None:
    """Sort the figures of these columns in each row: what arrives is no more than what was sent."""
    rows = zip(*(measured[column_id] for column_id in group), strict=True)
    for column_id, figures in zip(group, zip(*map(sorted, rows), strict=True), strict=True):
        measured[column_id] = list(figures)
