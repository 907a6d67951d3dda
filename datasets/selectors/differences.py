"""What is different between two states of a record or of a resource, in the words that its readers know."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from opengov.dates import date_text

from ..enums import RecordType, Vocabulary
from ..models import Dataset, Resource
from ..text_diff import Piece, compare
from . import terms

DAY = re.compile(r"\d{4}-\d\d-\d\d( 00:00:00)?")
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Data = dict[str, Any]
VOCABULARIES = (
    dict(zip(Vocabulary.values, Vocabulary.values, strict=True))
    | {"license_id": Vocabulary.LICENSE.value}
    | {"related_relationship": Vocabulary.RELATIONSHIP_KIND.value, "related_type": Vocabulary.RELATED_TYPE.value}
)
LABELS = {"type": _("record type"), "name": _("name in the web address"), "relationship": _("relationships")}
OF_MACHINES = frozenset({"position", "hash", "url_type", "validation_status", "validation_timestamp"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a version changed; `language` is empty for what has none."""

    label: str | Promise
    language: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that a version of a resource had; it stays in the storage under its hash. `size` in bytes.

    `at`: when the version was written, `None` where it is not yet; `note`: what was said of its taking another's place.
    """

    url: str
    filename: str
    sha256: str
    size: int | None
    at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class ChangedObject:
    """The dataset itself (`resource` empty) or one of its resources; `event`: "added", "removed" or "changed".

    `file`: of a version that brought a new one; `link`: to the outside address that it brought. `id`: of the resource.
    """

    resource: str
    event: str
    changes: list[Change]
    file: KeptFile | None = None
    link: str = ""
    id: UUID | None = None


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
        Change(label, language, [Piece("same", text)])
        for (field, language), value in _flat(data)
        if (label := _label(field, model)) and (text := _readable(field, value))
    ]
    return ChangedObject(_name(data) if is_resource else "", "changed", said)


def _changes(before: Data, after: Data, model: type[Dataset] | type[Resource]) -> Iterator[Change]:
    old, new = dict(_flat(before)), dict(_flat(after))
    for key in dict.fromkeys([*new, *old]):
        field, language = key
        if old.get(key) == new.get(key) or not (label := _label(field, model)):
            continue
        then, now = _readable(field, old.get(key)), _readable(field, new.get(key))
        if then != now:
            yield Change(label, language, compare(then, now))


def _flat(data: Data) -> Iterator[tuple[tuple[str, str], Any]]:
    """Each value by its field and language; a text that a machine translated (`en-t-fr`) is one of its own language."""
    for field, value in data.items():
        if isinstance(value, dict) and set(value) & {"en", "fr"}:
            for key, text in value.items():
                yield (field, key[:2]), text
        else:
            yield (field, ""), value


def _readable(field: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_readable(field, each) for each in value)
    if isinstance(value, dict):
        return ", ".join(dict.fromkeys(filter(None, (_readable(name, each) for name, each in value.items()))))
    text = "" if value is None else str(value)
    if text and field in WORDS:
        return WORDS[field](text)
    if DAY.fullmatch(text):
        with suppress(ValueError):  # February 30
            return date_text(date.fromisoformat(text[:10]))
    return terms.label(VOCABULARIES[field], text) if field in VOCABULARIES and text else text


def _object(text: str) -> str:
    """The values of an object that is given out as JSON."""
    with suppress(ValueError):
        return _readable("", json.loads(text))
    return text


def _organization(key: str) -> str:
    """Its name of today, or its key where it is not there any more."""
    found = Organization.objects.filter(pk=key).first() if UUID_TEXT.fullmatch(key) else None
    return str(found or key)


def _record_type(code: str) -> str:
    return str(RecordType(code).label) if code in RecordType.values else code


def _label(field: str, model: type[Dataset] | type[Resource]) -> str | Promise:
    """What readers call the field; nothing for what is for machines alone."""
    if field in OF_MACHINES:
        return ""
    if field in LABELS:
        return LABELS[field]
    try:
        return str(model._meta.get_field(field.removesuffix("_translated")).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return ""


WORDS: dict[str, Callable[[str], str]] = {
    "type": _record_type,
    "owner_org": _organization,
    "size": filesizeformat,
    "spatial": _object,
    "contact_information": _object,
    "distributor": _object,
}


def _name(data: Data) -> str:
    names = data.get("name_translated") or {}
    found: Iterable[str] = (text for text in names.values() if text)
    return next(iter(found), gettext("Unnamed resource"))
