"""A record as its revision will leave it: what editors write on, reviewers judge and officials sign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from ..ckan.packages import read_package
from ..ckan.records import dataset_content
from ..enums import RevisionState
from ..incoming import Related
from ..models import Dataset, Relationship, Resource, Revision, RevisionItem
from ..models.resources import path_of

RELATIONSHIP_COLUMNS = ("kind", "related_type", "url", "url_fr", "target_id")


@dataclass(slots=True)
class WorkingCopy:
    """Rows that are not saved, or only in part: `dataset` and `resources` hold what the release will write.

    Attributes:
        resources: all of them, in their order; `changed` and `removed` tell what the revision does to them.
        relationships: all of them if the revision changes the record itself, else `None`.
        notes: what was said of the change of an object.
    """

    dataset: Dataset
    resources: list[Resource]
    changed: list[Resource] = field(default_factory=list)
    removed: list[Resource] = field(default_factory=list)
    relationships: list[Related] | None = None
    notes: dict[UUID | None, str] = field(default_factory=dict)


def working_copy(revision: Revision) -> WorkingCopy:
    """The copy, in three queries however many resources the record has."""
    dataset = Dataset.objects.select_related("owner_org").get(pk=revision.dataset_id)
    rows = {row.pk: row for row in Resource.objects.filter(dataset=dataset)}
    for row in rows.values():
        row.dataset = dataset
    copy = WorkingCopy(dataset, [])
    for item in revision.items.all():
        copy.notes[item.resource_id] = item.note
        if item.resource_id is None and item.data is not None:
            copy.relationships = overlay_dataset(dataset, item.data)
        elif item.resource_id is None:
            raise ValueError("a revision keeps the dataset")
        elif item.data is None:
            copy.removed += [rows.pop(item.resource_id)] if item.resource_id in rows else []
        else:
            row = rows.setdefault(item.resource_id, Resource(pk=item.resource_id, dataset=dataset))
            overlay_resource(row, item.data)
            copy.changed.append(row)
    copy.resources = sorted(rows.values(), key=place)
    return copy


def working_datasets(datasets: Iterable[Dataset]) -> list[Dataset]:
    """The rows as the revisions that are open will leave them, without their resources; one query for all of them."""
    found = list(datasets)
    at_work = RevisionItem.objects.filter(
        resource_id=None, revision__state__in=RevisionState.OPEN, revision__dataset__in=[dataset.pk for dataset in found]
    )
    items = dict(at_work.values_list("revision__dataset", "data"))
    for dataset in found:
        if data := items.get(dataset.pk):
            overlay_dataset(dataset, data)
    return found


def working_record(revision: Revision) -> Dataset:
    """The record as the release will write it, without its resources."""
    return working_datasets([Dataset.objects.select_related("owner_org").get(pk=revision.dataset_id)])[0]


def working_links(revision: Revision) -> list[dict[str, str]]:
    """The record's relationships as the release will write them, each as an address; a record here by its permanent one."""
    item = revision.items.filter(resource_id=None).first()
    content = item.data if item is not None and item.data else record_content(revision.dataset)
    package = {"id": str(revision.dataset_id), "name": "", "relationship": content.get("relationship")}
    return [
        {"kind": each.kind, "related_type": each.related_type, "url": each.url, "url_fr": each.url_fr}
        for each in read_package(package).relationships
    ]


def place(row: Resource) -> tuple[int, datetime, UUID]:
    """By what resources stand in their order."""
    return row.position, row.created, row.pk


def record_content(dataset: Dataset, relationships: list[Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """The metadata of a record, with its stored relationships where no others are given."""
    if relationships is None:
        relationships = list(Relationship.objects.filter(dataset=dataset.pk).values(*RELATIONSHIP_COLUMNS))
    return dataset_content(vars(dataset), relationships)


def overlay_dataset(dataset: Dataset, data: Mapping[str, Any]) -> list[Related]:
    """Give the row what an item of a revision, or a version, says of the record. Returns its relationships."""
    record = read_package({"id": str(dataset.pk), **data})
    for column, value in record.columns.items():
        setattr(dataset, column, value)
    dataset.name = record.name
    dataset.owner_org_id = UUID(data["owner_org"]) if data.get("owner_org") else None
    return record.relationships


def overlay_resource(row: Resource, data: Mapping[str, Any]) -> None:
    """Give the row what an item of a revision, or a version, says."""
    package = {"id": str(row.dataset_id), "resources": [{**data, "id": str(row.pk)}]}
    for column, value in read_package(package).resources[0].columns.items():
        setattr(row, column, value)
    row.position = data.get("position", 0)
    row.sha256, row.filename = data.get("hash", ""), data.get("filename", "")
    row.file = path_of(row.sha256) if row.sha256 else ""
    for extra in ("hash", "filename", "url_type"):
        row.extras.pop(extra, None)
