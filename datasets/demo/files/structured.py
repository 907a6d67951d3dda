"""JSON, GeoJSON and XML: for programs, in both languages at once."""

import json
import xml.etree.ElementTree as ET
from typing import Any

from ..content import Department, Entry, Text
from ..tables import Sheet
from .cells import NOTICE, bilingual

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def json_file(department: Department, entry: Entry, sheet: Sheet) -> bytes:
    """An object with the title, the fields and the records."""
    return _dump(
        {
            **_titled("title", entry.title),
            **_titled("publisher", department.title),
            **_titled("note", NOTICE),
            "fields": [{"id": column.id, **_titled("name", column.name)} for column in sheet.columns],
            "records": [bilingual(sheet.columns, row) for row in sheet.rows],
        }
    )


def geojson_file(department: Department, entry: Entry, sheet: Sheet) -> bytes:
    """A collection of points (RFC 7946): the rows of the last period, each at its place."""
    points = [sheet.points[number] for number in sheet.latest]
    longitudes, latitudes = zip(*points, strict=True)
    features = [
        {
            "type": "Feature",
            "id": number,
            "geometry": {"type": "Point", "coordinates": list(point)},
            "properties": bilingual(sheet.columns, sheet.rows[row]),
        }
        for number, (row, point) in enumerate(zip(sheet.latest, points, strict=True), 1)
    ]
    bounds = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    return _dump({"type": "FeatureCollection", "bbox": bounds, **_titled("title", entry.title), "features": features})


def xml_file(department: Department, entry: Entry, sheet: Sheet) -> bytes:
    """Elements named as the columns; what differs by language stands twice, with `xml:lang`."""
    root = ET.Element("dataset", {"id": entry.slug})
    for name, text in (("title", entry.title), ("publisher", department.title), ("note", NOTICE)):
        _add(root, name, text)
    records = ET.SubElement(root, "records")
    for row in sheet.rows:
        record = ET.SubElement(records, "record")
        for column, cell in zip(sheet.columns, row, strict=True):
            _add(
                record, column.id, cell if isinstance(cell, Text) else str(cell).lower() if isinstance(cell, bool) else str(cell)
            )
    ET.indent(root)
    whole: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole + b"\n"


def _add(parent: ET.Element, name: str, content: Text | str) -> None:
    if isinstance(content, Text):
        for language, text in content._asdict().items():
            ET.SubElement(parent, name, {XML_LANG: language}).text = text
    else:
        ET.SubElement(parent, name).text = content


def _titled(key: str, text: Text) -> dict[str, str]:
    return {f"{key}_en": text.en, f"{key}_fr": text.fr}


def _dump(content: dict[str, Any]) -> bytes:
    """JSON that people can read too: a line for each record."""
    members = []
    for key, value in content.items():
        if key in {"fields", "records", "features"}:
            lines = ",\n".join("    " + json.dumps(record, ensure_ascii=False) for record in value)
            members.append(f'  "{key}": [\n{lines}\n  ]')
        else:
            members.append(f'  "{key}": {json.dumps(value, ensure_ascii=False)}')
    return ("{\n" + ",\n".join(members) + "\n}\n").encode()
