"""Boxes of GeoJSON geometries."""

from typing import Any

Box = tuple[float, float, float, float]
MAX_DEPTH = 4  # polygon of a multipolygon, ring, point, number


def bounding_box(geometry: Any) -> Box | None:
    """West, south, east and north of a GeoJSON geometry in degrees; `None` where it has none or is not on the earth."""
    points: list[tuple[float, float]] = []
    if isinstance(geometry, dict):
        parts = geometry.get("geometries") if geometry.get("type") == "GeometryCollection" else [geometry]
        for part in parts if isinstance(parts, list) else []:
            _collect(part.get("coordinates") if isinstance(part, dict) else None, points)
    if not points:
        return None
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    box = min(longitudes), min(latitudes), max(longitudes), max(latitudes)
    return box if box[0] >= -180 and box[2] <= 180 and box[1] >= -90 and box[3] <= 90 else None


def _collect(coordinates: Any, points: list[tuple[float, float]], depth: int = 0) -> None:
    if not isinstance(coordinates, list) or depth > MAX_DEPTH:
        return
    if len(coordinates) >= 2 and all(isinstance(number, int | float) for number in coordinates):
        points.append((coordinates[0], coordinates[1]))
        return
    for part in coordinates:
        _collect(part, points, depth + 1)
