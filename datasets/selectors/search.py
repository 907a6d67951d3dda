"""Finding datasets: ids, facets and a suggestion from the search engine.

answer = search(read(http_request.GET, get_language()))
cards = cards_of(answer.ids)
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from accounts.models import Organization
from opengov.search.engine import Hits, Query, Range, engine
from opengov.search.language import sort_key

from ..models import Dataset
from . import terms
from .search_requests import (
    DATES,
    DEEPEST_ROW,
    FACETS,
    LONGEST_TEXT,
    ROWS,
    SORTS,
    Box,
    DateRange,
    ParameterError,
    SearchRequest,
    read,
)

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
    "complete",
    "datasets_of",
    "read",
    "search",
]

_SORT_FIELDS = {"modified": "-modified", "published": "-published", "popularity": "-popularity", "title": "sort_title_{language}"}


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
            Empty if not asked for.
        suggestion: the text with its misspelt words mended, where that finds something; else empty.
            It never holds a word that only stands in what is not public.
        is_relaxed: no dataset has all the words; these have most of them.
        page, pages: from 1; a page past the last has no ids.
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


def search(request: SearchRequest, *, with_facets: bool = True) -> SearchAnswer:
    """Answer a search among what is public now, in a constant number of queries to the database."""
    hits = _hits(request, with_facets)
    return SearchAnswer(
        request=request,
        ids=tuple(UUID(pk) for pk in hits.ids),
        total=hits.total,
        facets={facet: _counts(facet, hits.facets[facet], request) for facet in FACETS} if with_facets else {},
        suggestion=hits.suggestion,
        is_relaxed=hits.is_relaxed,
        page=request.page,
        pages=max(1, math.ceil(min(hits.total, DEEPEST_ROW) / request.rows)),
    )


def _hits(request: SearchRequest, with_facets: bool) -> Hits:
    return engine().find(
        Query(
            text=request.text,
            language=request.language,
            chosen=request.filters,
            ranges=_ranges(request.dates),
            box=(request.box.west, request.box.south, request.box.east, request.box.north) if request.box else None,
            sort=_SORT_FIELDS.get(request.sort, request.sort).format(language=request.language),
            offset=(request.page - 1) * request.rows,
            limit=request.rows,
            wants_facets=with_facets,
        )
    )


def _ranges(dates: Mapping[str, DateRange]) -> dict[str, Range]:
    """What is covered in part by the period is found, too: it begins before the period's end, and ends after its beginning."""
    ranges: dict[str, Range] = {}
    for name, days in dates.items():
        first = days.first.toordinal() if days.first else None
        last = days.last.toordinal() if days.last else None
        if name == "covers":
            ranges |= {"covers_first": (None, last), "covers_last": (first, None)}
        else:
            ranges[name] = (first, last)
    return ranges


def _counts(facet: str, counts: Mapping[str, int], request: SearchRequest) -> list[FacetCount]:
    chosen = request.filters.get(facet, ())
    codes = dict.fromkeys((*counts, *chosen))
    labels = _labels(facet, codes, request.language)
    choices = [FacetCount(code, labels.get(code, code), counts.get(code, 0), code in chosen) for code in codes]
    if facet == "openness":
        return sorted(choices, key=lambda choice: choice.code, reverse=True)
    return sorted(choices, key=lambda choice: (-choice.count, sort_key(choice.label)))


def _labels(facet: str, codes: Iterable[str], language: str) -> dict[str, str]:
    if facet == "organization":
        other = "fr" if language == "en" else "en"
        rows = Organization.objects.filter(name__in=codes).values_list("name", f"title_{language}", f"title_{other}")
        return {name: title or other_title or name for name, title, other_title in rows}
    vocabulary = FACETS[facet]
    if vocabulary is None:
        return {}
    known = terms.choices(vocabulary)
    return {code: getattr(known[code], f"label_{language}") for code in codes if code in known}


def complete(text: str, language: str) -> list[str]:
    """Up to 8 titles and keywords of public datasets that go on from the words typed so far."""
    return engine().complete(text[:LONGEST_TEXT], language)


def datasets_of(answer: SearchAnswer) -> list[Dataset]:
    """The datasets of the page, in its order, with what a card shows; what ceased to be public meanwhile is left out."""
    rows = {row.pk: row for row in Dataset.objects.published().filter(pk__in=answer.ids).for_cards()}
    return [rows[pk] for pk in answer.ids if pk in rows]
