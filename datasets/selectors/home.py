"""What the front page shows."""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.db.models import F
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import Organization
from opengov.caching import fresh_for

from ..models import Dataset, DatasetQuerySet, Resource
from .cards import DatasetCard, cards_of
from .search import FacetCount, SearchRequest, search
from .texts import alphabetical

KEEP_SECONDS = 60
LINES = 5
BUSIEST = 8


@dataclass(frozen=True, slots=True)
class CatalogueCounts:
    datasets: int
    resources: int
    organizations: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A way into the catalogue; `code` is also the name of a subject's icon."""

    code: str
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    counts: CatalogueCounts
    subjects: list[Tile]
    organizations: list[Tile]
    new: list[DatasetCard]
    updated: list[DatasetCard]
    popular: list[DatasetCard]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What is costly to gather, and the same for everyone for a minute."""

    counts: CatalogueCounts
    subjects: list[FacetCount]
    organizations: list[FacetCount]
    new: list[UUID]
    updated: list[UUID]
    popular: list[UUID]


def front_page() -> FrontPage:
    """The front page in the active language. Whether a dataset is public is asked each time.

    Figures may be a minute old, but none outlives the next scheduled release.
    """
    language = get_language() or "en"
    gathered: _Gathered = cache.get_or_set(  # type: ignore[assignment]
        f"front-page-{language}", lambda: _gather(language), fresh_for(KEEP_SECONDS)
    )
    shown = {card.id: card for card in cards_of([*gathered.new, *gathered.updated, *gathered.popular])}
    return FrontPage(
        counts=gathered.counts,
        subjects=_tiles("subject", sorted(gathered.subjects, key=lambda facet: alphabetical(facet.label))),
        organizations=_tiles("organization", gathered.organizations[:BUSIEST]),
        new=[shown[pk] for pk in gathered.new if pk in shown],
        updated=[shown[pk] for pk in gathered.updated if pk in shown],
        popular=[shown[pk] for pk in gathered.popular if pk in shown],
    )


def _gather(language: str) -> _Gathered:
    facets = search(SearchRequest(language=language)).facets
    public = Dataset.objects.published()
    new = _first(public.order_by(F("date_published").desc(nulls_last=True), "-visible_from", "id"))
    updated = _first(public.exclude(pk__in=new).order_by(F("date_modified").desc(nulls_last=True), "-metadata_modified", "id"))
    return _Gathered(
        counts=CatalogueCounts(
            datasets=public.count(),
            resources=Resource.objects.published().count(),
            organizations=Organization.objects.filter(pk__in=public.values("owner_org")).count(),
        ),
        subjects=[facet for facet in facets["subject"] if facet.count],
        organizations=facets["organization"],
        new=new,
        updated=updated,
        popular=_first(public.filter(popularity__gt=0).order_by("-popularity", "id")),
    )


def _first(datasets: DatasetQuerySet) -> list[UUID]:
    return list(datasets.values_list("pk", flat=True)[:LINES])


def _tiles(facet: str, choices: list[FacetCount]) -> list[Tile]:
    return [Tile(c.code, c.label, c.count, reverse(f"datasets:{facet}-detail", args=[c.code])) for c in choices]
