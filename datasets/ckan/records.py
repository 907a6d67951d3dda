"""Write records in the shape of today's CKAN portals.

`dataset_content` and `resource_content` are the schema's part, without what is empty: versions keep them, and hashes are taken
of them. `package` is the whole as the Action API and the dump give it out. Reading a package that was written here gives the
same record again, and writing that gives the same text.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import orjson
from django.conf import settings

from ..enums import DatasetState, Vocabulary
from ..selectors import terms
from .fields import DATASET_CONSTANTS, DATASET_FIELDS, RESOURCE_CONSTANTS, RESOURCE_FIELDS, Field, Kind

Row = Mapping[str, Any]  # column to value: `vars(dataset)`, a row of `.values()`, the columns of a record on its way in
Step = tuple[str, str, str, Callable[[Row], Any]]  # key, column, column of the French, how its value is written
MACHINE_KEY = {"fr": "en-t-fr", "en": "fr-t-en"}  # the language it came from: the key of the text
CORE = {  # what readers of CKAN look for in every package, also where it is empty
    "association_type": [],
    "audience": [],
    "geographic_region": [],
    "keywords": {"en": [], "fr": []},
    "notes_translated": {"en": "", "fr": ""},
    "place_of_publication": [],
    "spatial": "",
    "subject": [],
    "title_translated": {"en": "", "fr": ""},
    "topic_category": [],
}
RESOURCE_CORE = {"data_quality": [], "format": "", "language": [], "name_translated": {"en": "", "fr": ""}, "url": ""}


def dataset_content(row: Row, relationships: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The record's own metadata, by the schema's keys.

    Args:
        relationships: rows of `kind related_type url url_fr target_id`, in their order.
    """
    content = {"type": row["record_type"], "name": row["name"]} | _content(row, DATASET_PLAN)
    if row["owner_org_id"]:
        content["owner_org"] = str(row["owner_org_id"])
    if relationships:
        content["relationship"] = [_relationship(each) for each in relationships]
    return _with_extras(content, row["extras"])


def resource_content(row: Row) -> dict[str, Any]:
    """The resource's own metadata, by the schema's keys; of an uploaded file its name and hash."""
    content = _content(row, RESOURCE_PLAN)
    if row.get("sha256"):
        content |= {"hash": row["sha256"], "url_type": "upload", "filename": row["filename"]}
    return _with_extras(content, row["extras"])


def package(dataset: Row, resources: Sequence[Row], relationships: Sequence[Row], organization: Row | None) -> dict[str, Any]:
    """A record in the shape of `package_show`."""
    content = {**DATASET_CONSTANTS, **CORE, **dataset_content(dataset, relationships)}
    if not dataset["owner_org_id"]:
        content.setdefault("owner_org", None)
    license_ = terms.choice(Vocabulary.LICENSE, dataset["license_id"])
    return content | {
        "id": str(dataset["id"]),
        "title": dataset["title_en"] or dataset["title_fr"] or "",
        "notes": dataset["notes_en"] or dataset["notes_fr"] or "",
        "state": "deleted" if dataset["state"] == DatasetState.WITHDRAWN else "active",
        "private": dataset["state"] == DatasetState.DRAFT,
        "license_title": license_.label_en if license_ else None,
        "license_url": license_.url_en if license_ else None,
        "metadata_created": _instant(dataset["metadata_created"]),
        "metadata_modified": _instant(dataset["metadata_modified"]),
        "organization": organization_summary(organization) if organization else None,
        "num_resources": len(resources),
        "resources": [resource_package(row) for row in resources],
    }


def resource_package(row: Row) -> dict[str, Any]:
    """A resource in the shape of `resource_show`."""
    content = {**RESOURCE_CONSTANTS, **RESOURCE_CORE, **resource_content(row)}
    if row.get("sha256"):
        content["url"] = f"{settings.SITE_URL}/dataset/{row['dataset_id']}/resource/{row['id']}/download/{row['filename']}"
    return content | {
        "id": str(row["id"]),
        "package_id": str(row["dataset_id"]),
        "name": row["name_en"] or row["name_fr"] or "",
        "description": row["description_en"] or row["description_fr"] or "",
        "state": "active",
        "created": _instant(row["created"]),
        "metadata_modified": _instant(row["metadata_modified"]),
    }


def organization_summary(row: Row) -> dict[str, Any]:
    """The `organization` of a package."""
    return {
        "id": str(row["id"]),
        "name": row["name"],
        "title": " | ".join(filter(None, (row["title_en"], row["title_fr"]))),
        "type": "organization",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def dump(value: Any) -> bytes:
    """JSON with sorted keys: the same value is the same text, whichever database it was in."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _content(row: Row, plan: Sequence[Step]) -> dict[str, Any]:
    found = {}
    for key, column, french, write in plan:
        value = row[column]
        if value or value == 0 or (french and row[french]):
            found[key] = write(row)
    return found


def _with_extras(content: dict[str, Any], extras: Mapping[str, Any]) -> dict[str, Any]:
    """Put back what found no column: parts of objects and lists beside the rest, anything else in its place."""
    for key, extra in extras.items():
        known = content.get(key)
        if isinstance(known, dict) and isinstance(extra, dict):
            content[key] = known | extra
        elif isinstance(known, list) and isinstance(extra, list):
            content[key] = known + extra
        else:
            content[key] = extra
    return content


def _relationship(row: Mapping[str, Any]) -> dict[str, Any]:
    url = row["url"] or f"{settings.SITE_URL}/dataset/{row['target_id']}"
    return {
        "related_relationship": row["kind"],
        "related_type": row["related_type"],
        "related_url": {"en": url, "fr": row["url_fr"] or url},
    }


def _plain(stem: str, row: Row) -> Any:
    return row[stem]


def _translated(stem: str, row: Row) -> dict[str, Any]:
    english, french = row[f"{stem}_en"], row[f"{stem}_fr"]
    blank: Any = [] if isinstance(english or french, list) else ""
    texts = {"en": english or blank, "fr": french or blank}
    origin = row["machine_translated"].get(stem)
    if origin in texts:
        other = "en" if origin == "fr" else "fr"
        texts[MACHINE_KEY[origin]] = texts.pop(other)
    return texts


def _day(stem: str, row: Row) -> str:
    return f"{row[stem].isoformat()} 00:00:00"


def _date(stem: str, row: Row) -> str:
    date: dt.date = row[stem]
    return date.isoformat()


def _time(stem: str, row: Row) -> str | None:
    return _instant(row[stem])


def _instant(time: dt.datetime | None) -> str | None:
    """In UTC without a zone, as CKAN writes it."""
    return time.astimezone(dt.UTC).replace(tzinfo=None).isoformat() if time else None


def _object(stem: str, row: Row) -> str:
    return json.dumps(row[stem], sort_keys=True)


WRITERS: dict[Kind, Callable[[str, Row], Any]] = {
    Kind.TEXT: _plain,
    Kind.TRANSLATED: _translated,
    Kind.LINKS: _translated,
    Kind.TAGS: _translated,
    Kind.CODE: _plain,
    Kind.CODES: _plain,
    Kind.DAY: _day,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.NUMBER: _plain,
    Kind.ADDRESS: _plain,
    Kind.OBJECT: _object,
    Kind.LIST: _plain,
}


def _plan(fields: Sequence[Field]) -> list[Step]:
    return [
        (spec.key, spec.columns[0], spec.columns[-1] if spec.is_bilingual else "", partial(WRITERS[spec.kind], spec.stem))
        for spec in fields
    ]


DATASET_PLAN, RESOURCE_PLAN = _plan(DATASET_FIELDS), _plan(RESOURCE_FIELDS)
