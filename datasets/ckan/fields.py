"""The portal's schema as a table: each key of a CKAN package, how its value is written, and the column that holds it here."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any

from django.db import models

from ..enums import Vocabulary
from ..models import Dataset


class Kind(Enum):
    TEXT = auto()
    TRANSLATED = auto()  # {"en": …, "fr": …}, in two columns
    LINKS = auto()  # the same, addresses
    TAGS = auto()  # {"en": […], "fr": […]}, in two columns
    CODE = auto()  # a choice of a vocabulary
    CODES = auto()  # several
    DAY = auto()  # 2016-02-01 00:00:00, as CKAN's `isodate` writes it
    DATE = auto()  # 2016-02-01
    TIME = auto()  # 2016-09-24T06:31:44.896265, in UTC
    NUMBER = auto()
    ADDRESS = auto()
    OBJECT = auto()  # a JSON object, given out as text
    LIST = auto()  # a JSON list of objects


@dataclass(frozen=True)
class Field:
    """One key of the schema.

    `stem` is the column, or the part of its name before `_en` and `_fr`, where it is not the key itself.
    """

    key: str
    kind: Kind
    vocabulary: str = ""
    stem: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "stem", self.stem or self.key)

    @property
    def is_bilingual(self) -> bool:
        return self.kind in (Kind.TRANSLATED, Kind.LINKS, Kind.TAGS)

    @property
    def columns(self) -> tuple[str, ...]:
        return (f"{self.stem}_en", f"{self.stem}_fr") if self.is_bilingual else (self.stem,)


V = Vocabulary
DATASET_FIELDS = (
    Field("collection", Kind.CODE, V.COLLECTION),
    Field("title_translated", Kind.TRANSLATED, stem="title"),
    Field("notes_translated", Kind.TRANSLATED, stem="notes"),
    Field("additional_notes", Kind.TRANSLATED),
    Field("keywords", Kind.TAGS),
    Field("subject", Kind.CODES, V.SUBJECT),
    Field("topic_category", Kind.CODES, V.TOPIC_CATEGORY),
    Field("audience", Kind.CODES, V.AUDIENCE),
    Field("data_series_name", Kind.TRANSLATED),
    Field("data_series_issue_identification", Kind.TRANSLATED),
    Field("digital_object_identifier", Kind.TEXT),
    Field("program_page_url", Kind.LINKS),
    Field("org_title_at_publication", Kind.TRANSLATED),
    Field("org_section", Kind.TRANSLATED),
    Field("creator", Kind.TEXT),
    Field("contributor", Kind.TRANSLATED),
    Field("credit", Kind.LIST),
    Field("maintainer_email", Kind.TEXT),
    Field("maintainer_contact_form", Kind.LINKS),
    Field("metadata_contact", Kind.TRANSLATED),
    Field("position_name", Kind.TRANSLATED),
    Field("responsible_role", Kind.TEXT),
    Field("contact_information", Kind.OBJECT),
    Field("distributor", Kind.OBJECT),
    Field("place_of_publication", Kind.CODES, V.GEOGRAPHIC_REGION),
    Field("geographic_region", Kind.CODES, V.GEOGRAPHIC_REGION),
    Field("spatial", Kind.OBJECT),
    Field("time_period_coverage_start", Kind.DAY),
    Field("time_period_coverage_end", Kind.DAY),
    Field("frequency", Kind.CODE, V.FREQUENCY),
    Field("date_published", Kind.DAY),
    Field("date_modified", Kind.DAY),
    Field("federated_date_modified", Kind.DATE),
    Field("portal_release_date", Kind.DATE),
    Field("jurisdiction", Kind.CODE, V.JURISDICTION),
    Field("license_id", Kind.CODE, V.LICENSE),
    Field("restrictions", Kind.CODE, V.RESTRICTIONS),
    Field("status", Kind.CODE, V.STATUS),
    Field("association_type", Kind.CODES, V.ASSOCIATION_TYPE),
    Field("aggregate_identifier", Kind.TEXT),
    Field("spatial_representation_type", Kind.CODES, V.SPATIAL_REPRESENTATION_TYPE),
    Field("presentation_form", Kind.CODE, V.PRESENTATION_FORM),
    Field("reference_system_information", Kind.TEXT),
    Field("parent_id", Kind.TEXT),
    Field("hierarchy_level", Kind.TEXT),
    Field("file_id", Kind.TEXT),
    Field("short_key", Kind.TEXT),
    Field("display_flags", Kind.CODES, V.DISPLAY_FLAGS),
    Field("issuance", Kind.CODE, V.ISSUANCE),
    Field("issuance_frequency", Kind.CODE, V.ISSUANCE_FREQUENCY),
    Field("date_created", Kind.DATE),
    Field("date_captured", Kind.DATE),
    Field("edition", Kind.TEXT),
    Field("series_publication_dates", Kind.TRANSLATED),
    Field("isbn", Kind.TEXT),
    Field("issn", Kind.TEXT),
    Field("gc_catalogue_number", Kind.TEXT),
    Field("departmental_identification_number", Kind.TEXT),
    Field("pspc_identification_number", Kind.TEXT),
)
RESOURCE_FIELDS = (
    Field("position", Kind.NUMBER),
    Field("unique_identifier", Kind.TEXT),
    Field("name_translated", Kind.TRANSLATED, stem="name"),
    Field("description_translated", Kind.TRANSLATED, stem="description"),
    Field("resource_type", Kind.CODE, V.RESOURCE_TYPE),
    Field("format", Kind.CODE, V.FORMAT),
    Field("language", Kind.CODES, V.LANGUAGE),
    Field("url", Kind.ADDRESS),
    Field("size", Kind.NUMBER),
    Field("character_set", Kind.CODE, V.CHARACTER_SET),
    Field("data_quality", Kind.CODES, V.DATA_QUALITY),
    Field("date_published", Kind.DATE),
    Field("relationship", Kind.LIST, stem="relationships"),
    Field("validation_status", Kind.TEXT),
    Field("validation_timestamp", Kind.TIME),
)

# Keys that every package of CKAN carries. With this value they say nothing; with another they are kept among the extras.
DATASET_CONSTANTS: dict[str, Any] = {
    "author": None,
    "author_email": None,
    "creator_user_id": None,
    "groups": [],
    "isopen": False,
    "maintainer": None,
    "num_tags": 0,
    "relationships_as_object": [],
    "relationships_as_subject": [],
    "tags": [],
    "url": None,
    "version": None,
}
RESOURCE_CONSTANTS: dict[str, Any] = {
    "cache_last_updated": None,
    "cache_url": None,
    "datastore_active": False,
    "hash": "",
    "last_modified": None,
    "mimetype": None,
    "mimetype_inner": None,
    "url_type": None,
}

# Keys that follow from others, so that they are read from those and written anew.
DATASET_DERIVED = frozenset(
    [
        "id",
        "name",
        "type",
        "title",
        "notes",
        "state",
        "private",
        "owner_org",
        "organization",
        "organization_title",
        "responsible_organization",
        "license_title",
        "license_url",
        "num_resources",
        "resources",
        "relationship",
        "metadata_created",
        "metadata_modified",
    ]
)
RESOURCE_DERIVED = frozenset(["id", "name", "description", "package_id", "state", "created", "metadata_modified"])

# The schema's keys by the names that an earlier generation of packages gave them.
DATASET_FORMER_KEYS = {
    "reference_system": "reference_system_information",
    "spatialRepresentationType": "spatial_representation_type",
    "contactInfo": "contact_information",
}
RESOURCE_FORMER_KEYS = {"contentType": "resource_type"}


@cache
def empty_columns(model: type[models.Model]) -> dict[str, Any]:
    """Every column of the schema with the value that stands for nothing. Do not change it: copy it."""
    fields = DATASET_FIELDS if model is Dataset else RESOURCE_FIELDS
    return {column: _empty(model, column) for field in fields for column in field.columns} | {
        "machine_translated": {},
        "extras": {},
    }


def _empty(model: type[models.Model], column: str) -> Any:
    field = model._meta.get_field(column)
    if isinstance(field, models.JSONField):
        return None if column == "spatial" else {} if column in ("contact_information", "distributor") else []
    return "" if isinstance(field, models.CharField | models.TextField) else 0 if column == "position" else None


@cache
def max_lengths(model: type[models.Model]) -> dict[str, int]:
    """The longest text that each limited column of the schema holds."""
    return {
        column: limit
        for column in empty_columns(model)
        if isinstance(limit := getattr(model._meta.get_field(column), "max_length", None), int)
    }
