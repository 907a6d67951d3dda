"""A dataset of the demonstration as a CKAN package: it takes the same way into the catalogue as an import."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings

from .content import Department, Entry, Link, Text
from .files import DataFile
from .files.cells import NOTICE
from .tables import chance

NAMESPACE = UUID("0b6f6a3e-3d2d-5a3f-8a68-6f2f6f1f0c11")
MACHINE_KEY = {"en": "en-t-fr", "fr": "fr-t-en"}


def dataset_id(slug: str) -> UUID:
    return uuid5(NAMESPACE, f"dataset/{slug}")


def organization_id(name: str) -> UUID:
    return uuid5(NAMESPACE, f"organization/{name}")


def resource_id(slug: str, name: str) -> UUID:
    return uuid5(NAMESPACE, f"resource/{slug}/{name}")


def moment(entry: Entry, day: dt.date) -> dt.datetime:
    """When on a day the dataset was worked on: in the small hours of Ottawa, a minute of its own."""
    minutes = int(chance(entry.slug, "minute") * 240)
    return dt.datetime.combine(day, dt.time(5), tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)


def package_of(department: Department, entry: Entry, files: Iterable[DataFile]) -> dict[str, Any]:
    """The package, with a resource for each file and each link. The bytes of the files are not in it."""
    return {
        "id": str(dataset_id(entry.slug)),
        "type": "info" if entry.collection == "publication" else "dataset",
        "name": entry.slug,
        "private": entry.is_draft,
        "owner_org": department.name,
        "collection": entry.collection,
        "title_translated": _written(entry.title, entry.machine_translated),
        "notes_translated": _written(entry.description, entry.machine_translated),
        "additional_notes": NOTICE._asdict(),
        "keywords": entry.keywords._asdict(),
        "subject": entry.subject,
        "audience": entry.audience,
        "frequency": entry.frequency,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.modified.isoformat(),
        "geographic_region": entry.region,
        "maintainer_email": department.email,
        "jurisdiction": "federal",
        "license_id": "ca-ogl-lgo",
        "restrictions": "unrestricted",
        "metadata_created": moment(entry, entry.published).isoformat(),
        "metadata_modified": moment(entry, entry.modified).isoformat(),
        "relationship": [_relationship(relation.kind, relation.to) for relation in entry.relations],
        "resources": [*(_of_file(entry, file) for file in files), *(_of_link(entry, link) for link in entry.links)],
        **_where_given(entry),
    }


def _written(text: Text, machine_translated: str) -> dict[str, str]:
    """Both languages, the translated one under the key that says which it was translated from."""
    return {
        MACHINE_KEY[language] if language == machine_translated else language: words for language, words in text._asdict().items()
    }


def _where_given(entry: Entry) -> dict[str, Any]:
    """The fields that not every dataset has."""
    found: dict[str, Any] = {}
    if entry.coverage:
        found["time_period_coverage_start"], found["time_period_coverage_end"] = (day.isoformat() for day in entry.coverage)
    if entry.box:
        west, south, east, north = entry.box
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        found["spatial"] = {"type": "Polygon", "coordinates": [ring]}
    for key, text in (
        ("data_series_name", entry.series),
        ("org_section", entry.section),
        ("program_page_url", entry.program_page),
    ):
        if text:
            found[key] = text._asdict()
    return found


def _relationship(kind: str, to: str) -> dict[str, Any]:
    address = f"{settings.SITE_URL}/dataset/{dataset_id(to)}"
    return {"related_relationship": kind, "related_type": "dataset", "related_url": {"en": address, "fr": address}}


def _of_file(entry: Entry, file: DataFile) -> dict[str, Any]:
    return {
        "id": str(resource_id(entry.slug, file.filename)),
        "name_translated": file.name._asdict(),
        "description_translated": file.description._asdict(),
        "resource_type": file.resource_type,
        "format": file.format,
        "language": list(file.languages),
        "character_set": file.character_set,
        "date_published": entry.modified.isoformat(),
        "created": moment(entry, entry.published).isoformat(),
        "metadata_modified": moment(entry, entry.modified).isoformat(),
    }


def _of_link(entry: Entry, link: Link) -> dict[str, Any]:
    return {
        "id": str(resource_id(entry.slug, link.url)),
        "name_translated": link.name._asdict(),
        "resource_type": link.type,
        "format": link.format,
        "language": ["en", "fr"],
        "url": link.url,
        "date_published": entry.published.isoformat(),
        "created": moment(entry, entry.published).isoformat(),
    }
