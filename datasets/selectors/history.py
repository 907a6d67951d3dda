"""The history of a record and of its files: each version with what it changed, in both languages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opengov.dates import date_text
from opengov.paging import page_of

from ..enums import Vocabulary
from ..models import Dataset, Resource, Version
from ..text_diff import Piece, compare
from . import terms
from .texts import Text, other_language, text_of

VERSIONS_A_PAGE = 20
DAY = re.compile(r"\d{4}-\d\d-\d\d( 00:00:00)?")
Data = dict[str, Any]
VOCABULARIES = dict(zip(Vocabulary.values, Vocabulary.values, strict=True)) | {"license_id": Vocabulary.LICENSE.value}
OF_MACHINES = frozenset({"position", "type", "owner_org", "hash", "url_type"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a version changed; `language` is empty for what has none."""

    label: str | Promise
    language: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that a version of a resource had; it stays in the storage under its hash. `size` in bytes."""

    url: str
    filename: str
    sha256: str
    size: int | None
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class ChangedObject:
    """The dataset itself (`resource` empty) or one of its resources; `event`: "added", "removed" or "changed".

    `file`: of a version that brought a new one. `id`: of the resource.
    """

    resource: str
    event: str
    changes: list[Change]
    file: KeptFile | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A version. `actor` and `note` are for its department alone: empty for the public."""

    number: int
    at: datetime
    source: str
    objects: list[ChangedObject]
    is_public: bool
    actor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class History:
    title: Text
    url: str
    entries: list[Entry]
    page: "Page[Any]"
    page_range: list[int | str]


def history_of(row: Dataset, page: str | int = 1, *, resource: UUID | None = None, is_whole: bool = False) -> History:
    """One page of the history, newest first, in four queries.

    Args:
        resource: the history of this one alone.
        is_whole: with the versions that never were public, and who wrote them and why: for the department.
    """
    versions = Version.objects.filter(dataset=row)
    if not is_whole:
        versions = versions.filter(is_public=True)
    if resource:
        versions = versions.filter(resource_id=resource)
    shown = page_of(versions.order_by("-number").values_list("number", flat=True).distinct(), VERSIONS_A_PAGE, page)
    numbers = list(shown.object_list)
    return History(
        title=_resource_title(versions) if resource else text_of(row, "title") or Text(row.name),
        url=row.get_absolute_url(),
        entries=list(_entries(row, versions, numbers, is_whole)) if numbers else [],
        page=shown,
        page_range=list(shown.paginator.get_elided_page_range(shown.number, on_each_side=2, on_ends=1)),
    )


def _resource_title(versions: "QuerySet[Version]") -> Text:
    newest = versions.filter(data__isnull=False).order_by("-number").first()
    names = ((newest and newest.data) or {}).get("name_translated") or {}
    here, other = get_language() or "en", other_language()
    return (
        Text(names[here])
        if names.get(here)
        else Text(names.get(other) or _("Unnamed resource"), other if names.get(other) else "")
    )


def files_of(row: Dataset, resource_id: UUID) -> list[KeptFile]:
    """The files that a resource has had, the newest first, the present one among them; each once."""
    versions = Version.objects.filter(dataset=row, resource_id=resource_id).order_by("number")
    found = {version.data["hash"]: _file(row, version) for version in versions if version.data and version.data.get("hash")}
    return [each for each in reversed(found.values()) if each]


def _file(row: Dataset, version: Version, before: Data | None = None) -> KeptFile | None:
    """The file of a version of a resource; nothing where it has none, or the one that it had before."""
    data = version.data or {}
    digest = data.get("hash")
    if not digest or version.resource_id is None or digest == (before or {}).get("hash"):
        return None
    url = reverse("datasets:resource-version", args=[row.name, version.resource_id, digest])
    return KeptFile(url, data.get("filename", ""), digest, data.get("size"), version.at, version.note)


def _entries(row: Dataset, versions: "QuerySet[Version]", numbers: list[int], is_whole: bool) -> Iterator[Entry]:
    """The entries of these versions, each object compared with its own version before."""
    latest = _before(versions, min(numbers))
    by_number: dict[int, list[Version]] = defaultdict(list)
    for version in versions.filter(number__in=numbers).select_related("actor").order_by("number", "id"):
        by_number[version.number].append(version)
    entries = []
    for number in sorted(by_number):
        rows = by_number[number]
        objects = [_changed(row, version, latest.get(version.resource_id)) for version in rows]
        latest |= {version.resource_id: version.data for version in rows}
        told = [each for each in objects if each.changes or each.file or (each.resource and each.event != "changed")]
        said = {"actor": str(rows[0].actor or ""), "note": rows[0].note} if is_whole else {}
        entries.append(Entry(number, rows[0].at, rows[0].source, told, any(each.is_public for each in rows), **said))
    yield from reversed(entries)


def _changed(row: Dataset, version: Version, before: Data | None) -> ChangedObject:
    """The note of a file that took another's place was written for all readers; other notes are the department's."""
    changed = compare_objects(before, version.data, is_resource=version.resource_id is not None)
    file = _file(row, version, before)
    if file and not (before or {}).get("hash"):
        file = replace(file, note="")
    return replace(changed, file=file, id=version.resource_id)


def objects_at(row: Dataset, number: int) -> dict[UUID | None, Data | None]:
    """The metadata of each object of a record at a version: the record itself under `None`; what was removed is `None`."""
    return _before(Version.objects.filter(dataset=row), number + 1)


def _before(versions: "QuerySet[Version]", number: int) -> dict[UUID | None, Data | None]:
    """The state of each object just before this version."""
    newest = dict(versions.filter(number__lt=number).order_by("number").values_list("resource_id", "pk"))
    rows = Version.objects.in_bulk(newest.values())
    return {resource_id: rows[pk].data for resource_id, pk in newest.items()}


def compare_objects(before: Data | None, after: Data | None, *, is_resource: bool) -> ChangedObject:
    """What became of a dataset's own metadata or of a resource's; `None` stands for its not being there."""
    event = "removed" if after is None else "added" if before is None else "changed"
    name = _name(after or before or {}) if is_resource else ""
    if after is None or before is None:
        return ChangedObject(name, event, [])
    return ChangedObject(name, event, list(_changes(before, after, Resource if is_resource else Dataset)))


def content_of(data: Data, *, is_resource: bool) -> ChangedObject:
    """What people read of a dataset's own metadata or a resource's, as if nothing of it were changed."""
    model = Resource if is_resource else Dataset
    said = [
        Change(_label(field, model), language, [Piece("same", text)])
        for (field, language), text in _flat(data)
        if text and field not in OF_MACHINES
    ]
    return ChangedObject(_name(data) if is_resource else "", "changed", said)


def _changes(before: Data, after: Data, model: type[Dataset] | type[Resource]) -> Iterator[Change]:
    old, new = dict(_flat(before)), dict(_flat(after))
    for key in dict.fromkeys([*new, *old]):
        if key[0] != "position" and old.get(key, "") != new.get(key, ""):
            field, language = key
            yield Change(_label(field, model), language, compare(old.get(key, ""), new.get(key, "")))


def _flat(data: Data) -> Iterator[tuple[tuple[str, str], str]]:
    """Field and language to a readable text."""
    for field, value in data.items():
        if isinstance(value, dict) and set(value) & {"en", "fr"}:
            for key, text in value.items():
                yield (field, key[:2] if len(key) == 2 else key[-2:]), _readable(field, text)
        else:
            yield (field, ""), _readable(field, value)


def _readable(field: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_readable(field, each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_readable('', each)}" for name, each in value.items())
    text = "" if value is None else str(value)
    if DAY.fullmatch(text):
        with suppress(ValueError):  # February 30
            return date_text(date.fromisoformat(text[:10]))
    return terms.label(VOCABULARIES[field], text) if field in VOCABULARIES and text else text


def _label(field: str, model: type[Dataset] | type[Resource]) -> str | Promise:
    try:
        return str(model._meta.get_field(field.removesuffix("_translated")).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return field


def _name(data: Data) -> str:
    names = data.get("name_translated") or {}
    found: Iterable[str] = (text for text in names.values() if text)
    return next(iter(found), _("Unnamed resource"))
