"""A dataset as one line of a list shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min

from opengov.markdown import plain

from ..completeness import is_openness_known
from ..models import Dataset, DatasetQuerySet, Resource
from . import terms
from .texts import Text, only_language, text_of, translated_from

EXCERPT = 260
COLUMNS = (
    "name", "title_en", "title_fr", "notes_en", "notes_fr", "owner_org__name", "owner_org__title_en", "owner_org__title_fr",
    "org_title_at_publication_en", "org_title_at_publication_fr", "collection", "date_published", "date_modified", "openness",
    "portal_release_date", "federated_date_modified", "metadata_created",
    "license_id", "machine_translated", "approved_at_source", "metadata_modified", "visible_from",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatasetCard:
    """`formats` are distinct, in the order of the resources; `only_language` names the language of a record with one only."""

    id: UUID
    url: str
    title: Text
    excerpt: Text
    organization: str
    organization_url: str
    collection: str
    formats: tuple[str, ...]
    resource_count: int
    published_on: date
    modified_on: date
    openness: int
    is_openness_known: bool
    only_language: str
    is_machine_translated: bool
    is_approved_at_source: bool


def cards(datasets: DatasetQuerySet) -> list[DatasetCard]:
    """The datasets as cards, in their order, in two queries however many."""
    rows = list(datasets.select_related("owner_org").only(*COLUMNS))
    formats: dict[UUID, dict[str, int]] = {row.pk: {} for row in rows}
    counted = Resource.objects.filter(dataset__in=formats).values("dataset_id", "format")
    for group in counted.annotate(first=Min("position"), count=Count("id")).order_by("first"):
        formats[group["dataset_id"]][group["format"]] = group["count"]
    return [_card(row, formats[row.pk]) for row in rows]


def cards_of(ids: Iterable[UUID | str]) -> list[DatasetCard]:
    """The public datasets of these ids as cards, in the order of the ids; those that are no longer public are left out."""
    order = {str(pk): place for place, pk in enumerate(ids)}
    return sorted(cards(Dataset.objects.published().filter(pk__in=order)), key=lambda card: order[str(card.id)])


def _card(row: Dataset, formats: dict[str, int]) -> DatasetCard:
    notes = text_of(row, "notes")
    return DatasetCard(
        id=row.pk,
        url=row.get_absolute_url(),
        title=text_of(row, "title") or Text(row.name),
        excerpt=Text(shortened(notes.value), notes.language),
        organization=str(text_of(row.owner_org, "title")) if row.owner_org else str(text_of(row, "org_title_at_publication")),
        organization_url=row.owner_org.get_absolute_url() if row.owner_org else "",
        collection=terms.label("collection", row.collection),
        formats=tuple(terms.label("format", code) for code in formats if code),
        resource_count=sum(formats.values()),
        published_on=row.published_on,
        modified_on=row.modified_on,
        openness=row.openness,
        is_openness_known=is_openness_known(row, sum(formats.values())),
        only_language=only_language(row),
        is_machine_translated=bool(translated_from(row)),
        is_approved_at_source=row.is_approved_at_source,
    )


def shortened(markdown: str) -> str:
    """The first words of a description without its markup, ended with an ellipsis where more follows."""
    words = plain(markdown)
    if len(words) <= EXCERPT:
        return words
    return words[:EXCERPT].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
