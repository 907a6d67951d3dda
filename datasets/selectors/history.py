"""The history of a record and of its files: each version with what it changed, in both languages."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opengov.paging import page_of

from ..models import Dataset, Version
from .differences import ChangedObject, Data, KeptFile, compare_objects
from .texts import Text, other_language, text_of

VERSIONS_A_PAGE = 20
MOST_IN_SHORT = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A version. `actor` and `note` are for its department alone: empty for the public; `is_first`: of the record itself."""

    number: int
    at: datetime
    source: str
    objects: list[ChangedObject]
    is_public: bool
    is_first: bool
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


@dataclass(frozen=True, slots=True)
class ShortVersion:
    """A public version; `lines`: what it changed, one line for each object, in the active language."""

    number: int
    at: datetime
    lines: list[str]


def versions_in_short(row: Dataset, most: int) -> list[ShortVersion]:
    """The newest public versions, newest first, in four queries."""
    versions = Version.objects.filter(dataset=row, is_public=True)
    numbers = list(versions.order_by("-number").values_list("number", flat=True).distinct()[:most])
    entries = _entries(row, versions, numbers, is_whole=False) if numbers else []
    return [ShortVersion(entry.number, entry.at, _lines(entry)) for entry in entries]


def change_in_short(row: Dataset, number: int) -> list[str]:
    """The lines of one version."""
    versions = Version.objects.filter(dataset=row, is_public=True)
    return [line for entry in _entries(row, versions, [number], is_whole=False) for line in _lines(entry)]


def _lines(entry: Entry) -> list[str]:
    """The first ones, where there are many."""
    lines = [_in_short(each) for each in entry.objects]
    more = len(lines) - MOST_IN_SHORT
    if more > 0:
        lines[MOST_IN_SHORT:] = [ngettext("%(count)d more change", "%(count)d more changes", more) % {"count": more}]
    return lines


def _in_short(changed: ChangedObject) -> str:
    name = Truncator(changed.resource).chars(120)
    if changed.event == "added":
        return _("Resource added: %(name)s") % {"name": name}
    if changed.event == "removed":
        return _("Resource removed: %(name)s") % {"name": name}
    labels = ", ".join(dict.fromkeys(str(change.label) for change in changed.changes))
    if not changed.resource:
        return _("Changed: %(labels)s") % {"labels": labels}
    if changed.file or not labels:
        return _("New file: %(name)s") % {"name": name}
    return _("Changed in “%(name)s”: %(labels)s") % {"name": name, "labels": labels}


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
        is_first = None not in latest and any(version.resource_id is None for version in rows)
        latest |= {version.resource_id: version.data for version in rows}
        told = [each for each in objects if each.changes or each.file or (each.resource and each.event != "changed")]
        said = {"actor": str(rows[0].actor or ""), "note": rows[0].note} if is_whole else {}
        entries.append(Entry(number, rows[0].at, rows[0].source, told, any(each.is_public for each in rows), is_first, **said))
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
