"""What the portal asks of a search engine, whichever it is: the boundary between the callers and `SEARCH_URL`.

An engine is a subclass of `PortalBackend`, itself a haystack backend. Callers get the configured one from `engine()`.
"""

import time
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import haystack
from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language
from haystack.backends import BaseSearchBackend, BaseSearchQuery
from haystack.models import SearchResult

DEFAULT_LIMIT = 20
#: A document: `id`, `stamp`, `visible_from` (seconds since 1970), and a value for each field of the index definition.
Document = Mapping[str, Any]
Range = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the engine. Names of facets, ranges and sorts are fields of the index definition.

    Attributes:
        text: may hold operators (`opengov.search.operators`); empty finds everything.
        chosen: facet to codes, of which one must be there.
        ranges: field to its least and greatest value, both included; `None` leaves a side open; unknown values are not found.
        box: west, south, east, north in degrees; finds what touches it; west > east crosses the 180th meridian.
        sort: `relevance` or a field; `-` before it turns it round. What is equal, or unknown, comes by id, at the end.
        wants_facets: whether the counts of the facets are asked for: they cost more than the rest.
        now: what becomes visible after this instant is not there.
    """

    text: str = ""
    language: str = "en"
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    box: tuple[float, float, float, float] | None = None
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    wants_facets: bool = True
    now: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True)
class Hits:
    """An engine's answer; `facets` counts, for each facet, what each code would give if its own facet were not chosen."""

    ids: tuple[str, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str = ""
    is_relaxed: bool = False


class NoIndex(LookupError):
    """There is no index of the present definition to write to: `rebuild_index` makes one."""


class PortalBackend(BaseSearchBackend):
    """A search engine. Reads never raise because of what people typed, nor where no index was built yet: they find nothing."""

    @abstractmethod
    def find(self, query: Query) -> Hits:
        """One page of ids in order, the total, the counts of every facet, and a better spelling where words are unknown."""

    @abstractmethod
    def complete(self, text: str, language: str, *, limit: int = 8) -> list[str]:
        """Public titles and keywords that have the words of the text, the last one begun; the most used first."""

    @abstractmethod
    def similar(self, pk: str, language: str, *, limit: int = 5) -> list[str]:
        """Ids of what is most like a document that is in the index, nearest first."""

    @abstractmethod
    def is_present(self) -> bool:
        """Whether there is an index to ask, of the present definition."""

    @abstractmethod
    def size(self) -> int:
        """The number of documents in the index, also those that are not visible yet."""

    @abstractmethod
    def stamps(self) -> dict[str, str]:
        """Every id in the index to the stamp that its document had."""

    @abstractmethod
    def apply(self, documents: Iterable[Document], removals: Iterable[str] = ()) -> None:
        """Put documents in the place of those with their ids, and take others out: all at once for readers. One caller at a time.

        Raises:
            NoIndex
        """

    @abstractmethod
    def build(self, documents: Iterable[Document]) -> "PortalBackend":
        """Build a new index beside the one that answers; returns a backend that reads and writes the new one.

        If it fails, or the process dies, the old index goes on answering. One caller at a time.
        """

    @abstractmethod
    def switch_to(self, built: "PortalBackend") -> None:
        """Let what `build` returned answer from now on, in every process."""

    # Haystack's own interface, so that its querysets and commands work over every engine of the portal. Raw text, paging and
    # "more like this" are there; what a queryset asks beyond them is refused, never silently left out.

    def search(self, query_string: str, **options: Any) -> dict[str, Any]:
        language = get_language() or settings.LANGUAGE_CODE
        offset = options.pop("start_offset", 0)
        limit = options.pop("end_offset", None) or offset + DEFAULT_LIMIT
        result_class = options.pop("result_class", None)
        if options:
            raise NotImplementedError(f"Ask engine().find: haystack's {', '.join(sorted(options))} is not supported.")
        hits = self.find(Query(text=query_string, language=language[:2], offset=offset, limit=limit - offset))
        return self._as_results(hits.ids, hits.total, result_class)

    def more_like_this(self, model_instance: Model, query_string: str | None = None, **options: Any) -> dict[str, Any]:
        found = self.similar(str(model_instance.pk), (get_language() or settings.LANGUAGE_CODE)[:2])
        return self._as_results(found, len(found), options.get("result_class"))

    def update(self, index: Any, iterable: Iterable[Model], commit: bool = True) -> None:
        self.apply(index.full_prepare(instance) for instance in iterable)

    def remove(self, obj_or_string: Model | str, commit: bool = True) -> None:
        self.apply((), [str(obj_or_string.pk) if isinstance(obj_or_string, Model) else obj_or_string.rpartition(".")[2]])

    def clear(self, models: Any = None, commit: bool = True) -> None:
        self.switch_to(self.build(()))

    def _as_results(self, ids: Iterable[str], total: int, result_class: type[SearchResult] | None) -> dict[str, Any]:
        (model,) = haystack.connections[self.connection_alias].get_unified_index().get_indexed_models()
        kind = result_class or SearchResult
        return {"results": [kind(model._meta.app_label, model._meta.model_name, pk, 0) for pk in ids], "hits": total}


class PortalSearchQuery(BaseSearchQuery):
    """Lets haystack's querysets pass on text; facets and ranges are asked of `engine().find`."""

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        if field != "content":
            raise NotImplementedError(f"Ask engine().find: a haystack filter by {field} is not supported.")
        return str(getattr(value, "query_string", value))


def engine() -> PortalBackend:
    """The engine that `SEARCH_URL` names."""
    backend: PortalBackend = haystack.connections["default"].get_backend()
    return backend
