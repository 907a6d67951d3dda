"""Finding requests."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q

from datasets.selectors.search import SearchRequest, datasets_of, search

from ..models import DataRequest, DataRequestQuerySet

SORTS: dict[str, list[Any]] = {
    "votes": ["-votes_counted", "-pk"],
    "newest": ["-created_at", "-pk"],
    "oldest": ["created_at", "pk"],
    "answered": [F("answered_at").desc(nulls_last=True), "-pk"],
}
MOST_WORDS = 10
MOST_SIMILAR = 5
SHORTEST = 4  # letters of a word that says something


def board(*, filters: Mapping[str, Any], sort: str = "votes") -> DataRequestQuerySet:
    """The requests on the board that have all the words and are as asked, with what a line shows.

    Args:
        filters: `q` (words), `kind`, `status`, `organization`, `subject`; an empty one asks nothing.
        sort: of `SORTS`.
    """
    chosen = {name: filters[name] for name in ("kind", "status", "organization", "subject") if filters.get(name)}
    found = DataRequest.objects.on_the_board().filter(**chosen)
    for word in str(filters.get("q", "")).split()[:MOST_WORDS]:
        found = found.filter(_has(word))
    return found.select_related("organization", "dataset").order_by(*SORTS.get(sort, SORTS["votes"]))


def similar_requests(title: str) -> list[DataRequest]:
    """The requests on the board that share most words with a title, most wanted first."""
    words = {word.casefold() for word in title.split() if len(word) >= SHORTEST}
    words = set(sorted(words, key=len)[-MOST_WORDS:])
    if not words:
        return []
    found = DataRequest.objects.on_the_board().filter(reduce(or_, map(_has, words)))

    def shared(request: DataRequest) -> tuple[int, int]:
        text = f"{request.title} {request.description}".casefold()
        return sum(word in text for word in words), request.votes_counted

    ranked = sorted(found.order_by("-votes_counted")[:200], key=shared, reverse=True)
    return [request for request in ranked if shared(request)[0] * 2 >= len(words)][:MOST_SIMILAR]


def similar_datasets(title: str, language: str) -> list[Any]:
    """The public datasets that a search for the title finds first."""
    if not title.strip():
        return []
    answer = search(SearchRequest(text=title.strip(), language=language, sort="relevance", rows=10), with_facets=False)
    return datasets_of(answer)[:MOST_SIMILAR]


def _has(word: str) -> Q:
    return Q(title__icontains=word) | Q(description__icontains=word)
