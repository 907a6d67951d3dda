"""Read an organization in the shape of `organization_show`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import Organization

from ..enums import Vocabulary
from ..incoming import Remark, Unreadable
from .packages import SLUG, bilingual_title
from .values import Reading, code_of, is_nothing, unpacked

TEXTS = ("department_number", "umd_number", "ati_email", "opengov_email")
CHOICES = {"faa_schedule": Vocabulary.FAA_SCHEDULE, "registry_access": Vocabulary.REGISTRY_ACCESS}
# What follows from other keys, or says nothing of the organization itself.
DERIVED = frozenset(
    [
        *("approval_status", "created", "display_name", "id", "image_display_url", "is_organization", "name"),
        *("num_followers", "package_count", "title", "type"),
    ]
)
PLACED = DERIVED | {*TEXTS, *CHOICES, "description", "reporting_requirements", "shortform", "state", "title_translated"}


@dataclass(frozen=True, slots=True)
class IncomingOrganization:
    """`columns` holds what the source says, and nothing of what it is silent about."""

    id: UUID | None
    name: str
    columns: dict[str, Any]
    remarks: list[Remark]


def read_organization(source: Any) -> IncomingOrganization:
    """An organization ready to be written.

    Raises:
        Unreadable: it is not an object, or has no slug or no title.
    """
    if not isinstance(source, dict):
        raise Unreadable("not an object")
    name = str(source.get("name") or "").lower()
    if not SLUG.match(name):
        raise Unreadable("no slug")
    titles = unpacked(source.get("title_translated")) or bilingual_title(str(source.get("title") or ""))
    if not isinstance(titles, dict) or is_nothing(titles):
        raise Unreadable("no title")
    said = {key: unpacked(value) for key, value in source.items() if not is_nothing(value)}
    into = Reading(columns={"extras": {}}, limits={})
    _take_texts(said | {"title": titles}, into)
    for key, vocabulary in CHOICES.items():
        if key in said:
            into.columns |= {key: code} if (code := _code(key, vocabulary, said[key], into)) else {}
    if "reporting_requirements" in said:
        items = said["reporting_requirements"]
        codes = (
            _code("reporting_requirements", Vocabulary.REPORTING_REQUIREMENTS, item, into)
            for item in (items if isinstance(items, list) else [items])
        )
        into.columns["reporting_requirements"] = list(filter(None, codes))
    if "state" in said:
        into.columns["is_active"] = said["state"] == "active"
    into.columns["extras"] = {key: value for key, value in said.items() if key not in PLACED}
    return IncomingOrganization(_uuid(source.get("id")), name, into.columns, into.remarks)


def _take_texts(said: Mapping[str, Any], into: Reading) -> None:
    for stem in ("title", "shortform"):
        if stem in said:
            value = said[stem] if isinstance(said[stem], dict) else {"en": said[stem]}
            for language in ("en", "fr"):
                _take(f"{stem}_{language}", value.get(language), into)
    if "description" in said:
        _take("description_en", said["description"], into)
    for key in TEXTS:
        if key in said:
            _take(key, said[key], into)


def _take(column: str, value: Any, into: Reading) -> None:
    text = str(value or "").strip()
    limit = getattr(Organization._meta.get_field(column), "max_length", None) or len(text)
    if len(text) > limit:
        into.remark(column, text, f"longer than {limit} characters")
    into.columns[column] = text[:limit]


def _code(key: str, vocabulary: str, value: Any, into: Reading) -> str | None:
    code = code_of(vocabulary, value)
    if code is None:
        into.remark(key, value, "unknown choice")
    return code


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        return None
