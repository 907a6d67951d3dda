"""The page of a dataset, with everything that it shows already joined."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opengov.markdown import plain, render
from opengov.paging import page_of

from ..citations import Citation
from ..completeness import is_openness_known, missing
from ..enums import DatasetState
from ..extent_map import ExtentMap, extent_map
from ..freshness import Freshness, freshness
from ..models import Dataset, SignOff
from . import terms
from .addresses import search_url
from .facts import Fact, Item, contact, details, license_fact
from .related import Related, related_to
from .resource_lines import ResourceLine, resource_line
from .signatures import approval_of
from .similar import Similar, similar_to
from .texts import Text, only_language, text_of, translated_from

RESOURCES_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """`resources` is one page of them; `lacks` names what the schema requires and the record does not say."""

    id: UUID
    name: str
    url: str
    state: str
    title: Text
    notes: SafeString
    notes_language: str
    additional_notes: SafeString
    summary: str
    organization: Item | None
    license: tuple[Item, ...]
    contact: tuple[Item, ...]
    keywords: list[Item]
    details: list[Fact]
    resources: list[ResourceLine]
    resources_page: "Page[Any]"
    resources_range: list[int | str]
    frequency: str
    freshness: Freshness | None
    updated_on: date | None
    coverage: tuple[date | None, date | None]
    box: tuple[float, float, float, float] | None
    map: ExtentMap | None
    related: list[Related]
    similar: list[Similar]
    lacks: list[Promise | str]
    only_language: str
    machine_translated_from: str
    openness: int
    sign_off: SignOff | None
    is_openness_known: bool
    approved_at_source: str
    approved_at_source_at: datetime | None
    citation: Citation
    popularity: int
    version: int


def dataset_page(row: Dataset, resources_page: str | int = 1) -> DatasetPage:
    """The dataset in the active language, with its n-th page of resources. `row` comes with its organization."""
    page = page_of(row.resources.all(), RESOURCES_A_PAGE, resources_page)
    resources = list(page.object_list)
    notes = text_of(row, "notes")
    box = (row.west, row.south, row.east, row.north)
    updated_on = row.date_modified or row.date_published
    return DatasetPage(
        id=row.pk,
        name=row.name,
        url=row.get_absolute_url(),
        state="" if row.state == DatasetState.PUBLISHED else str(DatasetState(row.state).label),
        title=text_of(row, "title") or Text(row.name),
        notes=render(notes.value),
        notes_language=notes.language,
        additional_notes=render(str(text_of(row, "additional_notes"))),
        summary=plain(notes.value)[:5000],
        organization=_organization(row),
        license=license_fact(row).items,
        contact=contact(row),
        keywords=_keywords(row),
        details=details(row),
        resources=[resource_line(resource, row.name) for resource in resources],
        resources_page=page,
        resources_range=list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        frequency=terms.label("frequency", row.frequency) if row.frequency else "",
        freshness=freshness(frequency=row.frequency, updated_on=updated_on, today=timezone.localdate()),
        updated_on=updated_on,
        coverage=(row.time_period_coverage_start, row.time_period_coverage_end),
        box=None if None in box else box,  # type: ignore[arg-type]
        map=None if None in box else extent_map(*box),  # type: ignore[arg-type]
        related=related_to(row),
        similar=similar_to(row),
        lacks=missing(row, resources),
        only_language=only_language(row),
        machine_translated_from=translated_from(row),
        openness=row.openness,
        sign_off=approval_of(row),
        is_openness_known=is_openness_known(row, page.paginator.count),
        approved_at_source=row.approved_at_source,
        approved_at_source_at=row.approved_at_source_at,
        citation=citation_of(row),
        popularity=row.popularity,
        version=row.version,
    )


def citation_of(row: Dataset) -> Citation:
    """How to cite the dataset in the active language; the publisher is who published it then."""
    publisher = str(text_of(row, "org_title_at_publication")) or (str(text_of(row.owner_org, "title")) if row.owner_org else "")
    return Citation(
        key=row.name,
        title=str(text_of(row, "title")) or row.name,
        author=publisher or row.creator,
        publisher=publisher,
        year=row.date_published.year if row.date_published else None,
        url=settings.SITE_URL + row.get_absolute_url(),
        doi=row.digital_object_identifier.rpartition("doi.org/")[2],
        kind_label=_("Data set"),
        accessed_on=timezone.localdate(),
    )


def _organization(row: Dataset) -> Item | None:
    if row.owner_org:
        return Item(text_of(row.owner_org, "title"), row.owner_org.get_absolute_url())
    then = text_of(row, "org_title_at_publication")
    return Item(then) if then else None


def _keywords(row: Dataset) -> list[Item]:
    here = get_language() or "en"
    words = getattr(row, f"keywords_{here}") or []
    return [Item(Text(word), search_url(q=f'"{word}"')) for word in words]
