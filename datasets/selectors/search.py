"""Finding datasets: ids, facets and a suggestion from the search engine, one page of rows from the database.

request = read(http_request.GET, get_language())
answer = search(request)
rows = datasets_of(answer, user=http_request.user)
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from accounts.models import Organization, User

from ..models import Dataset
from .search_requests import DATES, DEEPEST_ROW, FACETS, ROWS, SORTS, Box, DateRange, ParameterError, SearchRequest, read

__all__ = [
    "DATES",
    "FACETS",
    "ROWS",
    "SORTS",
    "Box",
    "DateRange",
    "FacetCount",
    "ParameterError",
    "SearchAnswer",
    "SearchRequest",
    "datasets_of",
    "read",
    "search",
]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One choice of a facet: how many datasets it would give, with the other facets as chosen and its own as if unchosen."""

    code: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One page of results.

    Attributes:
        ids: of the datasets on this page, in order.
        total: number of datasets found, of which at most 10,000 can be leafed through.
        facets: every facet of `FACETS` to its choices with a count, or chosen; most frequent first (openness: best first).
        suggestion: the text with its misspelt words mended, where that finds something; else empty.
            It never holds a word that only stands in what is not public.
        is_relaxed: no dataset has all the words; these have most of them.
        page, pages: from 1; `page` is at most `pages`, and `pages` is at least 1.
    """

    request: SearchRequest
    ids: tuple[UUID, ...]
    total: int
    facets: Mapping[str, list[FacetCount]]
    suggestion: str
    is_relaxed: bool
    page: int
    pages: int

    @property
    def first(self) -> int:
        """Number of the page's first result, from 1; 0 where there is none."""
        return (self.page - 1) * self.request.rows + 1 if self.ids else 0

    @property
    def last(self) -> int:
        return self.first + len(self.ids) - 1 if self.ids else 0

    @property
    def has_previous(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages


def search(request: SearchRequest) -> SearchAnswer:
    """Answer a search among what is public now, in a constant number of queries to the database.

    A page past the last is the last.
    """
    words = Q(**{f"title_{request.language}__icontains": request.text}) if request.text else Q()
    found = list(Dataset.objects.published().filter(words).order_by("-date_modified", "id").values_list("id", "owner_org__name"))
    chosen = request.filters.get("organization", ())
    counts = Counter(name for _, name in found if name)
    titles = Organization.objects.in_bulk(list(counts), field_name="name")
    kept = [pk for pk, name in found if not chosen or name in chosen]
    pages = max(1, math.ceil(min(len(kept), DEEPEST_ROW) / request.rows))
    page = min(request.page, pages)
    organization = [FacetCount(name, str(titles[name]), count, name in chosen) for name, count in counts.most_common()]
    return SearchAnswer(
        request=request,
        ids=tuple(kept[(page - 1) * request.rows : page * request.rows]),
        total=len(kept),
        facets={facet: organization if facet == "organization" else [] for facet in FACETS},
        suggestion="",
        is_relaxed=False,
        page=page,
        pages=pages,
    )


def datasets_of(answer: SearchAnswer, user: User | AnonymousUser | None = None) -> list[Dataset]:
    """The datasets of the page, in its order, with what a card shows; what ceased to be public meanwhile is left out."""
    rows = {row.pk: row for row in Dataset.objects.visible_to(user).filter(pk__in=answer.ids).for_cards()}
    return [rows[pk] for pk in answer.ids if pk in rows]
