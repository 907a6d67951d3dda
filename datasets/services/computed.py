"""Columns that follow from others: hashes, the box of an extent, openness."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from ..ckan.records import dump
from ..enums import Vocabulary
from ..geometry import bounding_box
from ..selectors import terms

LEAST_OPEN = 1
DECLARED_OPENNESS = {"data_includes_uris": 4, "data_includes_links": 5}


def metadata_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of one object's metadata, as `datasets.ckan.records` writes it."""
    return hashlib.sha256(dump(content)).hexdigest()


def content_hash(record: str, resources: Mapping[UUID, str] | Mapping[str, str]) -> str:
    """SHA-256 over the stored hashes of a record and of its resources, by identifier."""
    lines = [record, *sorted(f"{pk} {digest}" for pk, digest in resources.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def openness(resources: Iterable[tuple[str, Iterable[str]]]) -> int:
    """The best of the resources' formats and declarations, 1 to 5, as (format, data quality)."""
    formats = terms.choices(Vocabulary.FORMAT)
    best = LEAST_OPEN
    for code, declarations in resources:
        found = formats.get(code)
        best = max(best, found.openness or 0 if found else 0, *(DECLARED_OPENNESS.get(each, 0) for each in declarations), 0)
    return best


def box_columns(spatial: Any) -> dict[str, float | None]:
    """The box of an extent, in degrees."""
    box = bounding_box(spatial) or (None,) * 4
    return dict(zip(("west", "south", "east", "north"), box, strict=True))
