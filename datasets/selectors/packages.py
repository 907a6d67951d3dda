"""Records of the catalogue in the shape of CKAN packages, a chunk at a time."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from accounts.models import Organization

from ..ckan.fields import empty_columns
from ..ckan.records import package
from ..models import Dataset, DatasetQuerySet, Relationship, Resource

CHUNK = 500
DATASET_COLUMNS = (
    *empty_columns(Dataset), "id", "name", "record_type", "owner_org_id", "state", "metadata_created", "metadata_modified",
)  # fmt: skip
RESOURCE_COLUMNS = (
    *empty_columns(Resource), "id", "dataset_id", "created", "metadata_modified", "sha256", "filename",
)  # fmt: skip
RELATIONSHIP_COLUMNS = ("dataset_id", "kind", "related_type", "url", "url_fr", "target_id")
ORGANIZATION_COLUMNS = ("id", "name", "title_en", "title_fr")
Rows = dict[UUID, list[dict[str, Any]]]


def packages(datasets: DatasetQuerySet) -> Iterator[dict[str, Any]]:
    """The packages of these datasets, by id, with four queries a chunk and one chunk in memory."""
    remaining = datasets.order_by("pk").values(*DATASET_COLUMNS)
    chunk = list(remaining[:CHUNK])
    while chunk:
        yield from _with_parts(chunk)
        chunk = list(remaining.filter(pk__gt=chunk[-1]["id"])[:CHUNK]) if len(chunk) == CHUNK else []


def _with_parts(chunk: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    ids = [row["id"] for row in chunk]
    resources = _grouped(Resource.objects.filter(dataset__in=ids).order_by("position", "created", "id").values(*RESOURCE_COLUMNS))
    related = _grouped(Relationship.objects.filter(dataset__in=ids).order_by("position", "id").values(*RELATIONSHIP_COLUMNS))
    owners = {row["owner_org_id"] for row in chunk}
    organizations = {row["id"]: row for row in Organization.objects.filter(pk__in=owners).values(*ORGANIZATION_COLUMNS)}
    for row in chunk:
        pk = row["id"]
        yield package(row, resources.get(pk, []), related.get(pk, []), organizations.get(row["owner_org_id"]))


def _grouped(rows: Iterable[dict[str, Any]]) -> Rows:
    groups: Rows = {}
    for row in rows:
        groups.setdefault(row["dataset_id"], []).append(row)
    return groups
