"""The members of a table's dimensions: the months of a year, the provinces, the values of a choice."""

import datetime as dt
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from .content import Column, Text
from .places import CITIES, PROVINCES, Region

Point = tuple[float, float]  # longitude, latitude, as in GeoJSON


class Member(NamedTuple):
    """One value of a dimension, with what the figures beside it depend on.

    Attributes:
        moment: how far along the table's time it lies, 0 to 1; `None` for what is no time.
        season: how far into its year, 0 to 1; `None` where the step is a year or is no time.
        size: how large it is beside the other members, 0 to 1 on a scale of logarithms; `None` where that is left to chance.
        is_total: whether it stands for all the other members together.
    """

    value: int | str | Text
    moment: float | None = None
    season: float | None = None
    size: float | None = None
    point: Point | None = None
    is_total: bool = False

    @property
    def is_time(self) -> bool:
        return self.moment is not None or self.season is not None


def members(column: Column) -> tuple[Member, ...]:
    """The members of a dimension in the order in which the rows run."""
    match column.kind:
        case "province":
            return tuple(_regions([PROVINCES[code] for code in column.only or PROVINCES]))
        case "city":
            return tuple(_regions(list(CITIES[: column.count])))
        case "place":
            return tuple(Member(place.name, point=(place.longitude, place.latitude)) for place in column.places)
        case "choice":
            return tuple(_choices(column))
        case "serial":
            return tuple(Member(f"{column.prefix}{number:04d}") for number in range(1, column.count + 1))
        case _:
            return tuple(_times(column))


def _regions(regions: list[Region]) -> Iterator[Member]:
    for region, size in zip(regions, _sizes([region.people for region in regions]), strict=True):
        yield Member(region.name, size=size, point=(region.longitude, region.latitude))


def _sizes(weights: Sequence[float]) -> list[float]:
    """From 0 for the smallest to 1 for the largest, on a scale of logarithms."""
    smallest, largest = log(min(weights)), log(max(weights))
    return [(log(weight) - smallest) / (largest - smallest) if largest > smallest else 1.0 for weight in weights]


def _choices(column: Column) -> Iterator[Member]:
    sizes: Sequence[float | None] = _sizes(column.weights) if column.weights else [None] * len(column.values)
    for index, (value, size) in enumerate(zip(column.values, sizes, strict=True)):
        moment = index / (len(column.values) - 1) if column.steps == "year" else None
        season = (index + 0.5) / 12 if column.steps == "month" else None
        yield Member(value, moment=moment, season=season, size=size, is_total=column.has_total and not index)


def _times(column: Column) -> Iterator[Member]:
    for step in range(column.count):
        moment = step / max(column.count - 1, 1)
        match column.kind:
            case "year":
                yield Member(int(column.start) + step, moment=moment)
            case "quarter":
                year, quarter = _carried(column.start.replace("-Q", "-"), step, 4)
                yield Member(Text(f"{year}-Q{quarter}", f"{year}-T{quarter}"), moment=moment, season=(quarter - 0.5) / 4)
            case "month":
                year, month = _carried(column.start, step, 12)
                yield Member(f"{year}-{month:02d}", moment=moment, season=(month - 0.5) / 12)
            case _:
                day = dt.date.fromisoformat(column.start) + dt.timedelta(days=step)
                yield Member(day.isoformat(), moment=moment, season=day.timetuple().tm_yday / 366)


def _carried(start: str, step: int, in_a_year: int) -> tuple[int, int]:
    """The year and the month (or quarter), so many steps after `2024-11` (or `2024-3`)."""
    year, number = (int(part) for part in start.split("-"))
    years, number = divmod(number - 1 + step, in_a_year)
    return year + years, number + 1
