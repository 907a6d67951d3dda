"""Draw the maps under extents from `outline.geojson`, an outline of the continents drawn freehand for this portal."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from datasets.extent_map import CANADA, WORLD, Sheet

FOLDER = Path(apps.get_app_config("datasets").path) / "static" / "datasets"
GRID = {"canada": 10, "world": 30}


class Command(BaseCommand):
    help = "Draws map-canada.svg and map-world.svg anew, after a change of the outline or of datasets/extent_map.py."

    def handle(self, *args: Any, **options: Any) -> None:
        outline = json.loads((FOLDER / "outline.geojson").read_text("utf-8"))
        for sheet in (CANADA, WORLD):
            (FOLDER / f"map-{sheet.name}.svg").write_text(drawing(sheet, outline), "utf-8")
            self.stdout.write(f"map-{sheet.name}.svg")


def drawing(sheet: Sheet, outline: dict[str, Any]) -> str:
    """The map as SVG with one symbol, `map`, that takes its colours from the page."""
    paths: dict[str, list[str]] = {"land": [], "lake": [], "border": []}
    for feature in outline["features"]:
        geometry = feature["geometry"]
        line = geometry["coordinates"][0] if geometry["type"] == "Polygon" else geometry["coordinates"]
        paths[feature["properties"]["kind"]].append(_path(sheet, line, is_closed=geometry["type"] == "Polygon"))
    grid, land, lake, border = "".join(_grid(sheet)), *("".join(paths[kind]) for kind in ("land", "lake", "border"))
    return f"""<svg xmlns="http://www.w3.org/2000/svg">
  <!-- Made by `manage.py draw_maps`. Colours are custom properties of the page that uses the symbol. -->
  <symbol id="map" viewBox="0 0 {sheet.width:g} {sheet.height:g}">
    <path d="{grid}" fill="none" stroke="var(--map-grid)" stroke-width=".8"/>
    <path d="{land}" fill="var(--map-land)" stroke="var(--map-shore)" stroke-width=".8" stroke-linejoin="round"/>
    <path d="{lake}" fill="var(--map-water)" stroke="var(--map-shore)" stroke-width=".6" stroke-linejoin="round"/>
    <path d="{border}" fill="none" stroke="var(--map-shore)" stroke-width="1" stroke-dasharray="3 2.5"/>
  </symbol>
</svg>
"""


def _path(sheet: Sheet, line: list[list[float]], *, is_closed: bool) -> str:
    points = [(round(sheet.x(x)), round(sheet.y(y))) for x, y in line]
    if all(x < 0 or x > sheet.width or y < 0 or y > sheet.height for x, y in points):
        return ""
    return "M" + " ".join(f"{x} {y}" for x, y in points) + ("z" if is_closed else "")


def _grid(sheet: Sheet) -> Iterator[str]:
    step = GRID[sheet.name]
    for longitude in range(int(sheet.west // step) * step, int(sheet.east) + 1, step):
        yield f"M{sheet.x(longitude):g} 0V{sheet.height:g}"
    for latitude in range(int(sheet.south // step) * step, int(sheet.north) + 1, step):
        yield f"M0 {sheet.y(latitude):g}H{sheet.width:g}"
