"""What of a dataset is searched, counted, filtered and sorted: the one definition for every engine."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Prefetch
from haystack.indexes import Indexable

from accounts.models import Organization
from opengov.search.fields import Codes, Day, Number, PortalIndex, SortText, Text
from opengov.search.language import sort_key

from .completeness import is_openness_known
from .enums import DatasetState, Vocabulary
from .models import Dataset, DatasetQuerySet, Resource
from .selectors import terms

OTHER = {"en": "fr", "fr": "en"}
MOST_RESOURCE_NAMES = 50
COLUMNS = (
    *("name", "title_en", "title_fr", "notes_en", "notes_fr", "keywords_en", "keywords_fr", "data_series_name_en"),
    *("data_series_name_fr", "owner_org", "subject", "geographic_region", "collection", "jurisdiction", "frequency"),
    *("license_id", "openness", "popularity", "west", "south", "east", "north", "date_published", "portal_release_date"),
    *("date_modified", "federated_date_modified", "time_period_coverage_start", "time_period_coverage_end"),
    *("metadata_created", "metadata_modified", "content_hash", "visible_from"),
)
RESOURCE_COLUMNS = ("name_en", "name_fr", "format", "resource_type", "language", "position", "created")
STAMPED = ("metadata_modified", "content_hash", "visible_from")


class DatasetIndex(PortalIndex, Indexable):
    """Published datasets, also those whose time to be seen is yet to come: `visible_from` keeps them from every answer till then.

    Text that a record lacks in one language is searched in the other, as its page shows it.
    """

    title_en = Text("en", weight=8, usual_words=10, is_spoken=True, document=True)
    acronym_en = Text("en", weight=6, usual_words=4)
    keywords_en = Text("en", weight=3, usual_words=12, is_spoken=True)
    description_en = Text("en", weight=1, usual_words=120)
    about_en = Text("en", weight=1, usual_words=60)
    title_fr = Text("fr", weight=8, usual_words=12, is_spoken=True)
    acronym_fr = Text("fr", weight=6, usual_words=4)
    keywords_fr = Text("fr", weight=3, usual_words=15, is_spoken=True)
    description_fr = Text("fr", weight=1, usual_words=150)
    about_fr = Text("fr", weight=1, usual_words=80)

    organization = Codes()
    subject = Codes()
    format = Codes()
    resource_type = Codes()
    collection = Codes()
    jurisdiction = Codes()
    frequency = Codes()
    license = Codes()
    openness = Codes()
    language = Codes()
    region = Codes()

    published = Day()
    modified = Day()
    covers_first = Day()
    covers_last = Day()
    west = Number()
    south = Number()
    east = Number()
    north = Number()
    popularity = Number()
    sort_title_en = SortText()
    sort_title_fr = SortText()

    def get_model(self) -> type[Dataset]:
        return Dataset

    def index_queryset(self, using: str | None = None) -> DatasetQuerySet:
        """What belongs in the index, with all that a document needs and no more: iterate over it with a `chunk_size`."""
        resources = Prefetch("resources", Resource.objects.only("dataset", *RESOURCE_COLUMNS))
        published = Dataset.objects.filter(state=DatasetState.PUBLISHED)
        return published.only(*COLUMNS).select_related("owner_org").prefetch_related(resources)

    def full_prepare(self, dataset: Dataset) -> dict[str, Any]:
        """The document of a dataset: see `opengov.search.engine.Document`."""
        resources = list(dataset.resources.all())
        return {
            "id": str(dataset.pk),
            "stamp": _stamp(*(getattr(dataset, name) for name in STAMPED)),
            "visible_from": dataset.visible_from.timestamp() if dataset.visible_from else 0.0,
            **_texts(dataset, resources, "en"),
            **_texts(dataset, resources, "fr"),
            **_codes(dataset, resources),
            **_numbers(dataset),
        }

    def stamps(self) -> Iterator[tuple[str, str]]:
        """The id and the stamp of everything that belongs in the index: what reconciling compares."""
        rows = Dataset.objects.filter(state=DatasetState.PUBLISHED).values_list("pk", *STAMPED)
        return ((str(pk), _stamp(*values)) for pk, *values in rows.iterator(chunk_size=5_000))


def _stamp(modified: datetime, content_hash: str, visible_from: datetime | None) -> str:
    told = f"{modified.timestamp()} {content_hash} {visible_from.timestamp() if visible_from else 0}"
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def _in(instance: Model, name: str, language: str) -> Any:
    """The field in the language, else in the other."""
    return getattr(instance, f"{name}_{language}") or getattr(instance, f"{name}_{OTHER[language]}")


def _texts(dataset: Dataset, resources: list[Resource], language: str) -> dict[str, Any]:
    organization = dataset.owner_org
    title = _in(dataset, "title", language) or dataset.name
    return {
        f"title_{language}": title,
        f"sort_title_{language}": sort_key(title),
        f"acronym_{language}": _acronyms(organization) if organization else [],
        f"keywords_{language}": _in(dataset, "keywords", language) or [],
        f"description_{language}": _in(dataset, "notes", language) or "",
        f"about_{language}": _about(dataset, resources, language),
    }


def _acronyms(organization: Organization) -> list[str]:
    """Old and new, of both languages: people use either."""
    now = (_in(organization, "shortform", "en"), _in(organization, "shortform", "fr"), organization.name)
    return [*dict.fromkeys(acronym for acronym in (*now, *organization.former_acronyms) if acronym)]


def _about(dataset: Dataset, resources: list[Resource], language: str) -> list[str]:
    """Publisher, series, subjects, regions, and names and formats of the resources, in words."""
    terms_of = (
        (Vocabulary.SUBJECT, dataset.subject),
        (Vocabulary.GEOGRAPHIC_REGION, dataset.geographic_region),
        (Vocabulary.FORMAT, dict.fromkeys(resource.format for resource in resources)),
    )
    labels = [_label(vocabulary, code, language) for vocabulary, codes in terms_of for code in codes if code]
    names = dict.fromkeys(_in(resource, "name", language) for resource in resources[:MOST_RESOURCE_NAMES])
    publisher = _in(dataset.owner_org, "title", language) if dataset.owner_org else ""
    return [text for text in (publisher, _in(dataset, "data_series_name", language), *labels, *names) if text]


def _label(vocabulary: Vocabulary, code: str, language: str) -> str:
    choice = terms.choice(vocabulary, code)
    return getattr(choice, f"label_{language}") if choice else code


def _codes(dataset: Dataset, resources: list[Resource]) -> dict[str, list[str]]:
    codes: dict[str, Iterable[str]] = {
        "organization": [dataset.owner_org.name] if dataset.owner_org else [],
        "subject": dataset.subject,
        "format": (resource.format for resource in resources),
        "resource_type": (resource.resource_type for resource in resources),
        "collection": [dataset.collection],
        "jurisdiction": [dataset.jurisdiction],
        "frequency": [dataset.frequency],
        "license": [dataset.license_id],
        "openness": [str(dataset.openness)] if is_openness_known(dataset, len(resources)) else [],
        "language": (code for resource in resources for code in resource.language),
        "region": (wider for code in dataset.geographic_region for wider in _regions(code)),
    }
    return {facet: [*dict.fromkeys(code for code in found if code)] for facet, found in codes.items()}


def _regions(code: str) -> list[str]:
    """The region and those around it: a division (`3520`) lies in the province or part of the country whose code begins it."""
    known = terms.choices(Vocabulary.GEOGRAPHIC_REGION)
    return [code, *(code[:length] for length in range(1, len(code)) if code[:length] in known)]


def _numbers(dataset: Dataset) -> dict[str, float | None]:
    first, last = dataset.time_period_coverage_start, dataset.time_period_coverage_end
    has_period = first is not None or last is not None
    return {
        "published": dataset.published_on.toordinal(),
        "modified": dataset.modified_on.toordinal(),
        "covers_first": (first or date.min).toordinal() if has_period else None,
        "covers_last": (last or date.max).toordinal() if has_period else None,
        "west": dataset.west,
        "south": dataset.south,
        "east": dataset.east,
        "north": dataset.north,
        "popularity": dataset.popularity,
    }
