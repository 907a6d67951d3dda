"""Finding requests."""

from collections.abc import Mapping
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Count, F, Q

from datasets.selectors.search import SearchRequest, datasets_of, search
from opengov.search.language import stems, words

from ..models import DataRequest, DataRequestQuerySet

SORTS: dict[str, list[Any]] = {
    "votes": ["-votes_counted", "-pk"],
    "newest": ["-created_at", "-pk"],
    "oldest": ["created_at", "pk"],
    "answered": [F("answered_at").desc(nulls_last=True), "-pk"],
}
FILTERS = ("kind", "status", "organization", "subject")
LANGUAGES = ("en", "fr")
MOST_WORDS = 10
MOST_SIMILAR = 5
MOST_COMPARED = 200


def board(*, filters: Mapping[str, Any], sort: str = "votes") -> DataRequestQuerySet:
    """The requests on the board that have all the words and are as asked, with what a line shows.

    Args:
        filters: `q` (words, in the language of the request; accents and endings do not matter), and those of `FILTERS`; an empty
            one asks nothing.
        sort: of `SORTS`.
    """
    return _found(filters, FILTERS).select_related("organization", "dataset").order_by(*SORTS.get(sort, SORTS["votes"]))


def counts(filters: Mapping[str, Any]) -> dict[str, dict[Any, int]]:
    """For each of `FILTERS`, how many requests each of its choices would show with the other filters; four queries."""
    found = {}
    for name in FILTERS:
        rows = _found(filters, [each for each in FILTERS if each != name]).order_by()
        found[name] = dict(rows.values_list(name).annotate(Count("pk")))
    return found


def similar_requests(title: str) -> list[DataRequest]:
    """The requests on the board that share at least half of the words of a title, most shared and most wanted first."""
    said = {language: {stem for stem in stems(title, language)[:MOST_WORDS] if len(stem) > 1} for language in LANGUAGES}
    sharing = [Q(language=language, words__contains=f" {stem} ") for language in LANGUAGES for stem in said[language]]
    if not sharing:
        return []
    found = DataRequest.objects.on_the_board().filter(reduce(or_, sharing)).order_by("-votes_counted", "pk")[:MOST_COMPARED]
    shared = {row: len(said[row.language] & set(row.words.split())) for row in found}
    alike = [row for row, count in shared.items() if count * 2 >= len(said[row.language])]
    return sorted(alike, key=lambda row: -shared[row])[:MOST_SIMILAR]


def similar_datasets(title: str, language: str) -> list[Any]:
    """The public datasets that a search for the title finds first."""
    if not title.strip():
        return []
    answer = search(SearchRequest(text=title.strip(), language=language, sort="relevance", rows=10), with_facets=False)
    return datasets_of(answer)[:MOST_SIMILAR]


def _found(filters: Mapping[str, Any], names: Any) -> DataRequestQuerySet:
    chosen = {name: filters[name] for name in names if filters.get(name)}
    rows: DataRequestQuerySet = DataRequest.objects.on_the_board().filter(**chosen)
    text = str(filters.get("q", ""))
    return rows.filter(reduce(or_, (_has(text, language) for language in LANGUAGES))) if words(text, "en") else rows


def _has(text: str, language: str) -> Q:
    """Requests of a language that have all the words, or words that begin so; those that say nothing are not asked for."""
    said = [stem for stem in stems(text, language) if stem][:MOST_WORDS]
    return reduce(and_, (Q(words__contains=f" {stem}") for stem in said), Q(language=language))
