"""A GeoJSON file made light enough to draw: fewer features, fewer points, and a table of what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .csv_sniffing import Table, cell_text, table_of

FEATURES = 1_000
FINENESS = 1_200
# How deep the positions lie in the coordinates of a geometry.
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class GeoPreview:
    """`data` is a FeatureCollection of plain geometries; `box` is west, south, east, north in degrees."""

    data: dict[str, Any]
    box: tuple[float, float, float, float]
    table: Table | None
    count: int
    is_cut: bool


def geo_preview(document: Any) -> GeoPreview:
    """The light copy of a GeoJSON document: feature collection, feature or bare geometry.

    Raises:
        ValueError: it is no GeoJSON, holds no position, or one that is not on the Earth in degrees.
    """
    features = _features(document)
    positions = [point for feature in features for point in _positions_of(feature.get("geometry"))]
    if not positions:
        raise ValueError("no positions")
    west, east = min(x for x, _ in positions), max(x for x, _ in positions)
    south, north = min(y for _, y in positions), max(y for _, y in positions)
    step = max(east - west, north - south) / FINENESS
    light = [
        {"type": "Feature", "properties": _label(f), "geometry": _thin(f.get("geometry"), step)} for f in features[:FEATURES]
    ]
    return GeoPreview(
        data={"type": "FeatureCollection", "features": [feature for feature in light if feature["geometry"]]},
        box=(west, south, east, north),
        table=_table(features),
        count=len(features),
        is_cut=len(features) > FEATURES,
    )


def _features(document: Any) -> list[dict[str, Any]]:
    if not isinstance(document, dict):
        raise ValueError("not an object")
    if document.get("type") == "FeatureCollection":
        return [feature for feature in _list(document.get("features")) if isinstance(feature, dict)]
    return [document if document.get("type") == "Feature" else {"type": "Feature", "geometry": document, "properties": {}}]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _positions_of(geometry: Any) -> Iterator[Point]:
    """Every position of a geometry, which is judged on the way; none of an absent or an empty one."""
    if geometry is None:
        return
    if not isinstance(geometry, dict):
        raise ValueError("a geometry that is not an object")
    if geometry.get("type") == "GeometryCollection":
        for part in _list(geometry.get("geometries")):
            yield from _positions_of(part)
    elif _list(geometry.get("coordinates")):
        yield from _positions(geometry["coordinates"], _depth(geometry))


def _depth(geometry: dict[str, Any]) -> int:
    depth = DEPTHS.get(str(geometry.get("type")))
    if depth is None:
        raise ValueError("a geometry of no known type")
    return depth


def _positions(coordinates: Any, depth: int) -> Iterator[Point]:
    if depth:
        for part in _list(coordinates):
            yield from _positions(part, depth - 1)
        return
    x, y = _list(coordinates)[:2]
    if not (_is_within(x, 180.01) and _is_within(y, 90.01)):
        raise ValueError("a position that is not in degrees")
    yield float(x), float(y)


def _is_within(number: Any, most: float) -> bool:
    """Neither is what is not a number, nor NaN, which compares as false."""
    return isinstance(number, int | float) and not isinstance(number, bool) and -most <= number <= most


def _thin(geometry: Any, step: float) -> dict[str, Any] | None:
    """A geometry that was judged, with the points left out that would fall on the same dot; `None` for an empty one."""
    if not geometry:
        return None
    if geometry["type"] == "GeometryCollection":
        parts = [_thin(part, step) for part in geometry["geometries"]]
        return {"type": "GeometryCollection", "geometries": [part for part in parts if part]}
    if not geometry["coordinates"]:
        return None
    return {"type": geometry["type"], "coordinates": _thin_coordinates(geometry["coordinates"], _depth(geometry), step)}


def _thin_coordinates(coordinates: Any, depth: int, step: float) -> list[Any]:
    if depth == 0:
        return [round(float(number), 4) for number in coordinates[:2]]
    parts = [_thin_coordinates(part, depth - 1, step) for part in coordinates]
    if depth > 1:
        return parts
    kept = parts[:1]
    for point in parts[1:-1]:
        if abs(point[0] - kept[-1][0]) > step or abs(point[1] - kept[-1][1]) > step:
            kept.append(point)
    return [*kept, *parts[-1:]] if len(parts) > 1 else kept


def _label(feature: dict[str, Any]) -> dict[str, str]:
    """The first few properties that are text or numbers, for the box that a click opens."""
    properties = feature.get("properties")
    simple = {k: v for k, v in properties.items() if isinstance(v, str | int | float)} if isinstance(properties, dict) else {}
    return {str(name)[:60]: cell_text(value)[:160] for name, value in list(simple.items())[:8]}


def _table(features: list[dict[str, Any]]) -> Table | None:
    said = [feature.get("properties") for feature in features[:60]]
    rows: list[dict[str, Any]] = [properties for properties in said if isinstance(properties, dict)]
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    if not names:
        return None
    return table_of([names, *[[cell_text(row.get(name)) for name in names] for row in rows]])
