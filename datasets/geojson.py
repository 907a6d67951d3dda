"""A GeoJSON file made light enough to draw: fewer features, fewer points, and a table of what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .csv_sniffing import Table, table_of

FEATURES = 1_000
FINENESS = 1_200
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
    positions = [point for feature in features for point in _positions((feature.get("geometry") or {}).get("coordinates", []))]
    positions += [
        point
        for feature in features
        for part in (feature.get("geometry") or {}).get("geometries", [])
        for point in _positions(part.get("coordinates", []))
    ]
    if not positions or any(abs(x) > 180.01 or abs(y) > 90.01 for x, y in positions):
        raise ValueError("no positions in degrees")
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
        return [feature for feature in document.get("features", []) if isinstance(feature, dict)]
    return [document if document.get("type") == "Feature" else {"type": "Feature", "geometry": document, "properties": {}}]


def _positions(coordinates: Any) -> Iterator[Point]:
    if isinstance(coordinates, list) and len(coordinates) >= 2 and all(isinstance(n, int | float) for n in coordinates[:2]):
        yield float(coordinates[0]), float(coordinates[1])
    elif isinstance(coordinates, list):
        for part in coordinates:
            yield from _positions(part)


def _thin(geometry: Any, step: float) -> dict[str, Any] | None:
    """The geometry with the points left out that would fall on the same dot."""
    if not isinstance(geometry, dict):
        return None
    if geometry.get("type") == "GeometryCollection":
        parts = [_thin(part, step) for part in geometry.get("geometries", [])]
        return {"type": "GeometryCollection", "geometries": [part for part in parts if part]}
    return {"type": geometry.get("type"), "coordinates": _thin_coordinates(geometry.get("coordinates", []), step)}


def _thin_coordinates(coordinates: Any, step: float) -> Any:
    if not isinstance(coordinates, list) or not coordinates:
        return []
    if not isinstance(coordinates[0], list):
        return [round(float(number), 4) for number in coordinates[:2]]
    if coordinates[0] and isinstance(coordinates[0][0], list):
        return [_thin_coordinates(part, step) for part in coordinates]
    line = [_thin_coordinates(point, step) for point in coordinates]
    kept = line[:1]
    for point in line[1:-1]:
        if abs(point[0] - kept[-1][0]) > step or abs(point[1] - kept[-1][1]) > step:
            kept.append(point)
    return [*kept, *line[-1:]] if len(line) > 1 else kept


def _label(feature: dict[str, Any]) -> dict[str, str]:
    """The first few properties that are text or numbers, for the box that a click opens."""
    properties = feature.get("properties")
    simple = {k: v for k, v in properties.items() if isinstance(v, str | int | float)} if isinstance(properties, dict) else {}
    return {str(name)[:60]: str(value)[:160] for name, value in list(simple.items())[:8]}


def _table(features: list[dict[str, Any]]) -> Table | None:
    said = [feature.get("properties") for feature in features[:60]]
    rows: list[dict[str, Any]] = [properties for properties in said if isinstance(properties, dict)]
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    if not names:
        return None
    return table_of([names, *[["" if row.get(name) is None else str(row[name]) for name in names] for row in rows]])
