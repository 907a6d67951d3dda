"""Write one record: what forms and the administration call. Batches of records are written by `batches`, to the same effect."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, TextField
from django.utils.translation import gettext as _

from accounts.activity import goes_on, record
from accounts.models import User
from opengov.search import outbox

from ..ckan.fields import DATASET_FIELDS, RESOURCE_FIELDS, Field, Kind, empty_columns
from ..ckan.records import dataset_content, resource_content
from ..enums import DatasetState
from ..errors import AlreadyPublic
from ..incoming import Related
from ..models import Dataset, Relationship, Resource, Version
from ..plain_text import many_lines, one_line
from ..selectors import terms
from ..selectors.stored_hashes import stored_hashes
from ..translation import DatasetTranslation, ResourceTranslation
from . import computed
from .links import refusal
from .relationships import relationship_row

ADDRESSES = (Kind.ADDRESS, Kind.LINKS)
RELATIONSHIP_COLUMNS = ("kind", "related_type", "url", "url_fr", "target_id")
# What only `publication`, `popularity` and this module write: a form's copy of it may be out of date.
OWNED = (
    "state", "visible_from", "approved_at_source", "approved_at_source_at", "approved_hash", "withdrawn_at",
    "withdrawal_reason_en", "withdrawal_reason_fr", "successor_id", "popularity", "version",
    "metadata_hash", "content_hash", "metadata_created",
)  # fmt: skip
BASE_COLUMNS = (
    *DatasetTranslation.fields,
    *ResourceTranslation.fields,
)  # of the translated fields: they only repeat one of the two
FROZEN = ("org_title_at_publication_en", "org_title_at_publication_fr")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of a record beside its own columns.

    Attributes:
        resources: those that are new or changed.
        relationships: all of them, in their order; `None` leaves them as they are.
        since: the beginning of a stretch of work that is kept as one goes: with what the same person wrote since then it becomes
            one version and one line of the log. `None`: this is a step of its own.
        keeps_places: new resources of a draft stand where they say, instead of at the end.
        notes: of single objects, in place of `note`.
    """

    resources: Sequence[Resource] = ()
    removed: Sequence[Resource] = ()
    relationships: Sequence[Related] | None = None
    note: str = ""
    since: datetime | None = None
    keeps_places: bool = False
    notes: Mapping[UUID | None, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Objects:
    """The hashes of a record's resources as they will be, what decides its openness, and the versions to be written."""

    hashes: dict[str, str] = field(default_factory=dict)
    formats: list[tuple[str, list[str]]] = field(default_factory=list)
    versions: list[tuple[UUID | None, dict[str, Any] | None]] = field(default_factory=list)


@transaction.atomic
def save_dataset(*, dataset: Dataset, actor: User | None, now: datetime, change: Change = Change()) -> Dataset:
    """Write a new record as a draft, or what was changed of one; its new resources are put at the end.

    Where nothing was changed, nothing is written.

    Raises:
        AlreadyPublic: the record is not a draft: see `revisions`.
        ValidationError: a field, or one of a resource, does not hold what it may.
    """
    stored = Dataset.objects.select_for_update().filter(pk=dataset.pk).values(*OWNED, *FROZEN).first()
    blank = Dataset()
    for name in OWNED:
        setattr(dataset, name, stored[name] if stored else getattr(blank, name))
    for name in FROZEN:
        setattr(dataset, name, (stored or {}).get(name) or getattr(dataset, name))
    if dataset.state != DatasetState.DRAFT:
        raise AlreadyPublic
    clean_dataset(dataset)
    for resource in change.resources:
        clean_resource(resource)
    if not change.keeps_places:
        _put_at_the_end(dataset, change.resources)
    if apply(dataset=dataset, actor=actor, now=now, change=change):
        details = {"resources": len(change.resources), "removed": len(change.removed)}
        verb = "dataset.update" if stored else "dataset.create"
        if not (change.since and actor and goes_on(verb, dataset, actor, since=change.since)):
            record(verb, dataset, actor, note=change.note, details=details, now=now)
    return dataset


def apply(*, dataset: Dataset, actor: User | None, now: datetime, change: Change = Change(), always: bool = False) -> bool:
    """Write the record with what follows from it: hashes, box, openness, versions, its place in the index.

    The caller holds the lock of the row and the transaction, and records the activity.

    Args:
        always: write also where the metadata are as they were, because the state is another.

    Returns:
        Whether anything was written.
    """
    _name_publisher(dataset)
    objects = _resources_as_they_will_be(dataset, change, now)
    relationships = _relationship_rows(dataset, change)
    content = dataset_content(vars(dataset), relationships)
    digest = computed.metadata_hash(content)
    if digest != dataset.metadata_hash:
        objects.versions.insert(0, (None, content))
    if not objects.versions and not always:
        return False
    dataset.metadata_hash, dataset.content_hash = digest, computed.content_hash(digest, objects.hashes)
    for name, value in computed.box_columns(dataset.spatial).items():
        setattr(dataset, name, value)
    dataset.openness = computed.openness(objects.formats)
    dataset.version += bool(objects.versions)
    dataset.metadata_modified = now
    dataset.save()
    _save_parts(dataset, change, relationships)
    _write_versions(dataset, objects, actor, now, change)
    if always or dataset.state != DatasetState.DRAFT:  # a draft that stays one is in no index
        outbox.queue([dataset.pk])
    return True


def clean_dataset(dataset: Dataset) -> None:
    """Empty values as the schema writes them, and a check of the others.

    Raises:
        ValidationError: a value does not fit its field, or is no choice of its vocabulary.
    """
    _clean(dataset, DATASET_FIELDS)


def clean_resource(resource: Resource) -> None:
    """As `clean_dataset`."""
    _clean(resource, RESOURCE_FIELDS)


def _name_publisher(dataset: Dataset) -> None:
    """The publisher's title is the one of the day until the record is signed; what was once public keeps it."""
    is_named = dataset.org_title_at_publication_en or dataset.org_title_at_publication_fr
    if dataset.owner_org and not (is_named and dataset.visible_from):
        dataset.org_title_at_publication_en = dataset.owner_org.title_en or ""
        dataset.org_title_at_publication_fr = dataset.owner_org.title_fr or ""


def _clean(row: Dataset | Resource, fields: Iterable[Field]) -> None:
    """Empty values as the schema writes them, and a check of the others. An empty one is fine: it is owed when a record is ready.

    Raises:
        ValidationError: a value does not fit its field, is no choice of its vocabulary, or an address that is not given out.
    """
    for name, empty in empty_columns(type(row)).items():
        if getattr(row, name) is None and empty is not None:
            setattr(row, name, type(empty)())
    _clean_texts(row, fields)
    wrong: dict[str, str] = {}
    for spec in fields:
        if spec.vocabulary and (value := getattr(row, spec.stem)):
            strange = [
                code for code in (value if isinstance(value, list) else [value]) if not terms.choice(spec.vocabulary, code)
            ]
            if strange:
                wrong[spec.stem] = _("“%(value)s” is not a choice of this list.") % {"value": ", ".join(map(str, strange))}
        if spec.kind in ADDRESSES:
            wrong |= {name: said for name in spec.columns if (said := refusal(getattr(row, name) or ""))}
    if wrong:
        raise ValidationError(wrong)
    empty_fields = {each.name for each in row._meta.fields if not getattr(row, each.attname)}
    row.clean_fields(exclude={"dataset", *BASE_COLUMNS, *empty_fields})
    row.validate_unique()


def _clean_texts(row: Dataset | Resource, fields: Iterable[Field]) -> None:
    """Every text as `plain_text` keeps it, and every keyword."""
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname) if column.name not in BASE_COLUMNS else None
        if value and isinstance(value, str):
            setattr(row, column.attname, (many_lines if isinstance(column, TextField) else one_line)(value))
    for name in (name for spec in fields if spec.kind == Kind.TAGS for name in spec.columns):
        setattr(row, name, [word for each in getattr(row, name) if (word := one_line(each))])


def _put_at_the_end(dataset: Dataset, resources: Sequence[Resource]) -> None:
    new = [row for row in resources if row._state.adding]
    if new:
        last = Resource.objects.filter(dataset=dataset.pk).aggregate(last=Max("position"))["last"]
        for position, row in enumerate(new, start=0 if last is None else last + 1):
            row.position = position


def _resources_as_they_will_be(dataset: Dataset, change: Change, now: datetime) -> _Objects:
    """Prepare the changed resources. Of the others no row is read: their hashes come joined, their formats each once."""
    others = Resource.objects.filter(dataset=dataset.pk).order_by()
    untouched = others.exclude(pk__in=[row.pk for row in (*change.resources, *change.removed)])
    objects = _Objects(stored_hashes(dataset.pk), list(untouched.values_list("format", "data_quality").distinct()))
    for resource in change.resources:
        key = str(resource.pk)
        if not resource._state.adding and key not in objects.hashes:
            raise ValueError(f"{resource.pk} is a resource of another dataset.")
        resource.dataset = dataset
        content = resource_content(vars(resource))
        digest = computed.metadata_hash(content)
        if digest != objects.hashes.get(key):
            resource.metadata_hash, resource.metadata_modified = digest, now
            objects.versions.append((resource.pk, content))
        objects.hashes[key] = digest
        objects.formats.append((resource.format, resource.data_quality))
    for resource in change.removed:
        if objects.hashes.pop(str(resource.pk), None) is not None:
            objects.versions.append((resource.pk, None))
    return objects


def _relationship_rows(dataset: Dataset, change: Change) -> list[dict[str, Any]]:
    if change.relationships is None:
        return list(Relationship.objects.filter(dataset=dataset.pk).values(*RELATIONSHIP_COLUMNS))
    return [relationship_row(related) for related in change.relationships]


def _save_parts(dataset: Dataset, change: Change, relationships: list[dict[str, Any]]) -> None:
    Resource.objects.filter(dataset=dataset, pk__in=[resource.pk for resource in change.removed]).delete()
    for resource in change.resources:
        resource.save()
    if change.relationships is not None:
        dataset.relationships.all().delete()
        for position, row in enumerate(relationships):
            Relationship(dataset=dataset, position=position, **row).save()


def _write_versions(dataset: Dataset, objects: _Objects, actor: User | None, now: datetime, change: Change) -> None:
    is_public = dataset.state == DatasetState.PUBLISHED
    common = {"dataset": dataset, "number": dataset.version, "actor": actor, "is_public": is_public, "at": now}
    new = [
        Version(resource_id=pk, data=data, note=change.notes.get(pk) or change.note, **common) for pk, data in objects.versions
    ]
    if since := change.since:
        new = [version for version in new if not _continues(version, since)]
    Version.objects.bulk_create(new)


def _continues(version: Version, since: datetime) -> bool:
    """Whether the version took the place of the newest one of its object, which nobody but its writer has seen."""
    newest = Version.objects.filter(dataset=version.dataset, resource_id=version.resource_id).order_by("-number").first()
    if newest is None or newest.is_public or newest.actor_id != version.actor_id or newest.at < since:
        return False
    version.pk = newest.pk
    version.save()
    return True
