"""A record on its way in, whatever shape it came in: what an importer hands to `datasets.services.records`."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

DATASET_ADDRESS = re.compile(r"/dataset/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)


def dataset_in(address: str) -> UUID | None:
    """The identifier in the address of a dataset's page, on this portal or another."""
    found = DATASET_ADDRESS.search(address)
    return UUID(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a record that was not taken as it came. The record itself is taken."""

    field: str
    value: str
    reason: str
    resource: str = ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The organization that a record names, by whatever the source knows of it."""

    id: UUID | None = None
    name: str = ""
    title_en: str = ""
    title_fr: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """What a record is related to: an address, or by `target` a record of this catalogue."""

    kind: str
    related_type: str
    url: str = ""
    url_fr: str = ""
    target: UUID | None = None


@dataclass(slots=True)
class IncomingResource:
    """`columns` holds every column of the schema; `id` is the source's, or stable over repeated imports."""

    id: UUID
    columns: dict[str, Any]
    created: datetime | None = None
    modified: datetime | None = None


@dataclass(slots=True)
class IncomingDataset:
    """`columns` holds every column of the schema, empty where the source has nothing; `is_public` what the source says."""

    id: UUID
    name: str
    columns: dict[str, Any]
    publisher: Publisher | None = None
    resources: list[IncomingResource] = field(default_factory=list)
    relationships: list[Related] = field(default_factory=list)
    created: datetime | None = None
    modified: datetime | None = None
    is_public: bool = True
    remarks: list[Remark] = field(default_factory=list)


class Unreadable(ValueError):
    """A record that cannot be taken at all; the message says why."""
