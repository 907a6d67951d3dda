"""Write records by the batch: imports, harvests and synthesised catalogues.

A batch is a handful of statements in one transaction: rows, versions and outbox stand or fall together. What is already there
just so is recognised by its hash, and nothing is written for it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import models, transaction
from django.db.models import Q

from opengov.bulk import upsert
from opengov.search import outbox

from ..ckan.records import dataset_content, resource_content
from ..enums import DatasetState
from ..incoming import IncomingDataset, IncomingResource, Remark
from ..models import Dataset, Relationship, Resource, Version
from ..translation import DatasetTranslation, ResourceTranslation
from . import computed
from .announcements import announce_import
from .publishers import Publishers
from .relationships import relationship_row

Row = dict[str, Any]
STORED = (
    "id", "name", "state", "version", "metadata_hash", "content_hash", "metadata_created", "metadata_modified", "visible_from",
    "org_title_at_publication_en", "org_title_at_publication_fr", "withdrawn_at",
)  # fmt: skip
STORED_RESOURCE = (
    "id", "dataset_id", "metadata_hash", "created", "metadata_modified", "position", "file", "filename", "sha256",
)  # fmt: skip
NOT_UPDATED = frozenset(
    [
        "id",
        "approved_hash",
        "withdrawn_at",
        "withdrawal_reason",
        "withdrawal_reason_en",
        "withdrawal_reason_fr",
        "successor_id",
        "popularity",
    ]
)


def _defaults(model: type[models.Model]) -> Row:
    """Every column with the value of a row that says nothing."""
    return {
        field.attname: ""
        if (value := field.get_default()) is None and isinstance(field, models.CharField | models.TextField)
        else value
        for field in model._meta.concrete_fields
    }


DATASET_DEFAULTS, RESOURCE_DEFAULTS = _defaults(Dataset), _defaults(Resource)
DATASET_TRANSLATED, RESOURCE_TRANSLATED = DatasetTranslation.fields, ResourceTranslation.fields


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from, and the instant of the import."""

    name: str
    now: dt.datetime


@dataclass(slots=True)
class Tally:
    """What became of the records of a batch, or of many."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    resources: int = 0

    def add(self, other: "Tally") -> None:
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.resources += other.resources


@transaction.atomic
def save_batch(records: Sequence[IncomingDataset], *, source: Source, publishers: Publishers) -> Tally:
    """Make or update records and their resources by identifier; every identifier stands in the batch once.

    New records are published as approved at their source, unless the source does not give them out itself. A record that was
    withdrawn here stays withdrawn. What could not be taken as it came is added to a record's remarks. Versions are written for
    what changed, and the search index is told; call `opengov.search.indexing.apply_outbox` after the last batch.

    Raises:
        django.db.DataError, django.db.IntegrityError: the database refused a value. Nothing of the batch is written.
    """
    batch = _Batch(records, source, publishers)
    for record in records:
        batch.take(record)
    batch.write()
    return batch.tally


class _Batch:
    """The rows of one batch while they are put together."""

    def __init__(self, records: Sequence[IncomingDataset], source: Source, publishers: Publishers) -> None:
        self.source, self.publishers, self.tally = source, publishers, Tally()
        ids = [record.id for record in records]
        resource_ids = [resource.id for record in records for resource in record.resources]
        locked = Dataset.objects.select_for_update().filter(pk__in=ids).order_by("pk")
        self.stored: dict[UUID, Row] = {row["id"]: row for row in locked.values(*STORED)}
        self.stored_resources: dict[UUID, dict[UUID, Row]] = {}
        self.resource_owner: dict[UUID, UUID] = {}
        for row in Resource.objects.filter(Q(pk__in=resource_ids) | Q(dataset__in=list(self.stored))).values(*STORED_RESOURCE):
            self.stored_resources.setdefault(row["dataset_id"], {})[row["id"]] = row
            self.resource_owner[row["id"]] = row["dataset_id"]
        names = [record.name for record in records]
        self.name_owner: dict[str, UUID] = dict(Dataset.objects.filter(name__in=names).values_list("name", "pk"))
        self.datasets: list[Row] = []
        self.resources: list[Row] = []
        self.versions: list[Row] = []
        self.removed: list[UUID] = []
        self.relationships: list[Relationship] = []

    def take(self, record: IncomingDataset) -> None:
        """Put the record's rows together, if it is new or differs from what is stored."""
        stored = self.stored.get(record.id)
        row = self._dataset_row(record, stored)
        content = dataset_content(row, [relationship_row(each) for each in record.relationships])
        row["metadata_hash"] = computed.metadata_hash(content)
        resources = [self._resource_row(each, record, row) for each in record.resources]
        row["content_hash"] = computed.content_hash(
            row["metadata_hash"], {each["id"]: each["metadata_hash"] for each in resources}
        )
        self.tally.resources += len(resources)
        known = self.stored_resources.get(record.id, {})
        touched = [each for each in resources if _differs(each, known.get(each["id"]), "created", "metadata_modified")]
        if (
            stored
            and not touched
            and not _differs(row, stored, "content_hash", "metadata_created", "metadata_modified", "state", "name")
        ):
            self.tally.unchanged += 1
            return
        if stored:
            self.tally.updated += 1
        else:
            self.tally.created += 1
        row["openness"] = computed.openness((each["format"], each["data_quality"]) for each in resources)
        self._note_versions(row, stored, content, resources, known)
        self.datasets.append(row)
        self.resources += touched
        self.relationships += [
            Relationship(dataset_id=record.id, position=position, **relationship_row(each))
            for position, each in enumerate(record.relationships)
        ]

    def write(self) -> None:
        """Write what was taken."""
        changed = [row["id"] for row in self.datasets]
        if self.datasets:
            upsert(Dataset, self.datasets, update=[name for name in self.datasets[0] if name not in NOT_UPDATED])
        if self.removed:
            Resource.objects.filter(pk__in=self.removed).delete()
        if self.resources:
            upsert(Resource, self.resources, update=[name for name in self.resources[0] if name != "id"])
        upsert(Version, self.versions)
        updated = [pk for pk in changed if pk in self.stored]
        if updated:
            Relationship.objects.filter(dataset__in=updated).delete()
        Relationship.objects.bulk_create(self.relationships)
        outbox.queue(changed, index_now=False)
        announce_import({row["id"]: row for row in self._with_versions()}, known=self.stored.keys(), now=self.source.now)

    def _with_versions(self) -> list[Row]:
        """The datasets of which more than a time stamp is new."""
        numbered = {version["dataset_id"] for version in self.versions}
        return [row for row in self.datasets if row["id"] in numbered]

    def _dataset_row(self, record: IncomingDataset, stored: Row | None) -> Row:
        columns, now = record.columns, self.source.now
        owner = self.publishers.resolve(record.publisher)
        if record.publisher and owner is None:
            record.remarks.append(Remark("owner_org", str(record.publisher.id or record.publisher.name), "unknown organization"))
        row = DATASET_DEFAULTS | columns | _base_columns(columns, DATASET_TRANSLATED)
        created = record.created or (stored["metadata_created"] if stored else now)
        modified = record.modified or _latest(record) or (stored["metadata_modified"] if stored else now)
        row |= {
            "id": record.id,
            "name": self._free_name(record),
            "owner_org_id": owner,
            "state": self._state(record, stored),
            "visible_from": (stored["visible_from"] if stored else None) or min(created, now),
            "approved_at_source": self.source.name,
            "approved_at_source_at": min(modified, now),
            "withdrawn_at": stored["withdrawn_at"] if stored else None,  # the constraint looks at what is to be inserted
            "version": stored["version"] if stored else 0,
            "metadata_created": created,
            "metadata_modified": modified,
        }
        row |= computed.box_columns(columns["spatial"])
        if row["state"] != DatasetState.DRAFT:
            self._freeze_title(row, stored)
        return row

    def _state(self, record: IncomingDataset, stored: Row | None) -> str:
        if stored and stored["state"] != DatasetState.DRAFT:
            if stored["state"] == DatasetState.WITHDRAWN:
                record.remarks.append(Remark("state", stored["state"], "withdrawn here, and stays so"))
            return str(stored["state"])
        return (DatasetState.PUBLISHED if record.is_public else DatasetState.DRAFT).value

    def _free_name(self, record: IncomingDataset) -> str:
        owner = self.name_owner.setdefault(record.name, record.id)
        if owner == record.id:
            return record.name
        record.remarks.append(Remark("name", record.name, "another record has this name"))
        return str(record.id)

    def _freeze_title(self, row: Row, stored: Row | None) -> None:
        """The publisher's title at first publication: the source's, else the one that was frozen here, else today's."""
        if row["org_title_at_publication_en"] or row["org_title_at_publication_fr"]:
            return
        titles = self.publishers.titles(row["owner_org_id"])
        for language in ("en", "fr"):
            key = f"org_title_at_publication_{language}"
            row[key] = (stored[key] if stored else "") or titles.get(language, "")
        row["org_title_at_publication"] = row["org_title_at_publication_en"]

    def _resource_row(self, resource: IncomingResource, record: IncomingDataset, dataset: Row) -> Row:
        pk = resource.id
        if self.resource_owner.setdefault(pk, record.id) != record.id:
            record.remarks.append(Remark("id", str(pk), "a resource of another record has this id", str(pk)))
            pk = uuid5(record.id, str(pk))
        stored = self.stored_resources.get(record.id, {}).get(pk)
        row = RESOURCE_DEFAULTS | resource.columns | _base_columns(resource.columns, RESOURCE_TRANSLATED)
        if stored and not row["sha256"]:  # a source that gives no file of its own leaves the one that stands here
            row |= {key: stored[key] for key in ("file", "filename", "sha256")}
        created = resource.created or (stored["created"] if stored else dataset["metadata_created"])
        modified = resource.modified or (stored["metadata_modified"] if stored else created)
        row |= {"id": pk, "dataset_id": record.id, "created": created, "metadata_modified": modified}
        row["metadata_hash"] = computed.metadata_hash(resource_content(row))
        return row

    def _note_versions(self, row: Row, stored: Row | None, content: Row, resources: list[Row], known: Mapping[UUID, Row]) -> None:
        """One version row for each object whose metadata changed; another time stamp alone makes none."""
        objects: list[tuple[UUID | None, Row | None]] = []
        if _differs(row, stored):
            objects.append((None, content))
        objects += [(each["id"], resource_content(each)) for each in resources if _differs(each, known.get(each["id"]))]
        gone = known.keys() - {each["id"] for each in resources}
        objects += [(pk, None) for pk in sorted(gone)]
        self.removed += gone
        if objects:
            row["version"] += 1
        is_public = row["state"] == DatasetState.PUBLISHED
        self.versions += [
            {
                "dataset_id": row["id"], "number": row["version"], "resource_id": pk, "data": data, "actor_id": None,
                "source": self.source.name, "note": "", "is_public": is_public, "at": self.source.now,
            }
            for pk, data in objects
        ]  # fmt: skip


def _differs(row: Row, stored: Row | None, *also: str) -> bool:
    return stored is None or any(row[name] != stored[name] for name in ("metadata_hash", *also))


def _latest(record: IncomingDataset) -> dt.datetime | None:
    stamps = [each.modified or each.created for each in record.resources]
    return max(filter(None, [record.created, *stamps]), default=None)


def _base_columns(columns: Mapping[str, Any], stems: Iterable[str]) -> Row:
    """The untranslated columns, which modeltranslation holds equal to those of the default language."""
    return {stem: columns[f"{stem}_en"] for stem in stems if f"{stem}_en" in columns}
