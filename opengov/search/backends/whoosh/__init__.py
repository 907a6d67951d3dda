"""Whoosh, the embedded engine: pure Python, files in a folder. See docs/adr/0007-embedded-search.md."""

import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from heapq import nsmallest
from operator import and_, or_
from pathlib import Path
from typing import Any

import haystack
from haystack.backends import BaseEngine
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.writing import SegmentWriter

from ...engine import Document, Hits, NoIndex, PortalBackend, PortalSearchQuery, Query
from . import bits, spelling
from .evaluation import Evaluation, Matches, match
from .filters import chosen_sets, count_facets, in_box, in_range
from .generations import Home, Pointer
from .schema import Codec, Definition
from .snapshot import Postings, Segment, Snapshot

WRITER_MEGABYTES = 128
ALIKE = 2_000


@dataclass(frozen=True, slots=True)
class _Opened:
    state: tuple[int, int] | None
    snapshot: Snapshot | None


_opened: dict[Path, _Opened] = {}
_opening = threading.Lock()
os.register_at_fork(after_in_child=_opened.clear)  # a parent and its child must not share the places of their open files


class WhooshBackend(PortalBackend):
    """Asks and writes the generation that the pointer names."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.home = Home(Path(options["PATH"]), options.get("POINTER", "current.json"))

    @cached_property
    def definition(self) -> Definition:
        return Definition(haystack.connections[self.connection_alias].get_unified_index().all_searchfields())

    # Reading

    def snapshot(self) -> Snapshot | None:
        """The present commit, shared by the threads of this process; `None` without an index of this definition."""
        state = self.home.state()
        opened = _opened.get(self.home.file)
        if opened is None or opened.state != state:
            with _opening:
                opened = _opened.get(self.home.file)
                if opened is None or opened.state != state:
                    opened = _opened[self.home.file] = _Opened(state, self._open())
        return opened.snapshot

    def _open(self) -> Snapshot | None:
        pointer = self.home.pointer()
        if pointer is None or pointer.definition != self.definition.signature:
            return None
        return Snapshot(open_dir(self.home.folder(pointer.generation)), self.definition, self._known_segments())

    def is_present(self) -> bool:
        return self.snapshot() is not None

    def size(self) -> int:
        snapshot = self.snapshot()
        return snapshot.live.bit_count() if snapshot else 0

    def stamps(self) -> dict[str, str]:
        snapshot = self.snapshot()
        return {snapshot.ids[number]: snapshot.stamps[number] for number in bits.numbers(snapshot.live)} if snapshot else {}

    def find(self, query: Query) -> Hits:
        snapshot = self.snapshot()
        if snapshot is None:
            return Hits(facets={name: {} for name in self.definition.facets})
        visible = snapshot.visible(query.now)
        matches = match(snapshot, query.text, query.language, visible)
        ranges = [in_range(snapshot, name, limits) for name, limits in query.ranges.items()]
        among = reduce(and_, [*ranges, *([in_box(snapshot, query.box)] if query.box else [])], matches.documents)
        chosen = chosen_sets(snapshot, query.chosen)
        found = reduce(and_, chosen.values(), among)
        is_poor = matches.is_relaxed or matches.documents.bit_count() <= spelling.RARE
        return Hits(
            ids=tuple(snapshot.ids[number] for number in _page(snapshot, query, matches, found)),
            total=found.bit_count(),
            facets=count_facets(snapshot, among, chosen) if query.wants_facets else {},
            suggestion=spelling.suggest(snapshot, query.text, query.language, visible) if is_poor else "",
            is_relaxed=matches.is_relaxed and bool(found),
        )

    def complete(self, text: str, language: str, *, limit: int = 8) -> list[str]:
        snapshot = self.snapshot()
        return spelling.complete(snapshot, text, language, snapshot.visible(time.time()), limit) if snapshot else []

    def similar(self, pk: str, language: str, *, limit: int = 5) -> list[str]:
        snapshot = self.snapshot()
        itself = snapshot.number_of(pk) if snapshot else None
        if snapshot is None or itself is None:
            return []
        told = Evaluation(snapshot, language).terms(spelling.spoken(snapshot, itself, language))
        telling = _most_telling([postings for postings in told if postings.documents])
        others = reduce(or_, (postings.documents for postings in telling), 0) & ~(1 << itself)
        matches = Matches(others & snapshot.visible(time.time()), telling)
        query = Query(language=language, limit=limit)
        return [snapshot.ids[number] for number in _page(snapshot, query, matches, matches.documents)]

    # Writing

    def apply(self, documents: Iterable[Document], removals: Iterable[str] = ()) -> None:
        pointer = self.home.pointer()
        if pointer is None or pointer.definition != self.definition.signature:
            raise NoIndex("There is no index of the present definition: run rebuild_index.")
        self._write(open_dir(self.home.folder(pointer.generation)), documents, removals)
        self.home.point(replace(pointer, commit=pointer.commit + 1))

    def _write(self, index: FileIndex, documents: Iterable[Document], removals: Iterable[str]) -> None:
        before = Snapshot(index, self.definition, self._known_segments())
        writer = index.writer(limitmb=WRITER_MEGABYTES, codec=Codec(), compound=False)
        try:
            for pk in removals:
                _delete(writer, before.number_of(pk))
            for document in documents:
                _delete(writer, before.number_of(document["id"]))
                writer.add_document(**self.definition.values(document))
        except BaseException:
            writer.cancel()
            raise
        finally:
            before.close()
        writer.commit()

    def _known_segments(self) -> dict[str, Segment]:
        opened = _opened.get(self.home.file)
        return opened.snapshot.segments if opened and opened.snapshot else {}

    def build(self, documents: Iterable[Document]) -> "WhooshBackend":
        present = self.home.pointer()
        self.home.remove_all_but(present.generation if present else None)
        generation = self.home.new()
        built = WhooshBackend(self.connection_alias, PATH=str(self.home.path), POINTER=f"{generation}.json")
        create_in(self.home.folder(generation), self.definition.schema())
        built.home.point(Pointer(generation, 0, self.definition.signature))
        built.apply(documents)
        return built

    def switch_to(self, built: PortalBackend) -> None:
        assert isinstance(built, WhooshBackend)  # noqa: S101
        self.home.become(built.home)
        _opened.pop(built.home.file, None)


def _most_telling(told: list[Postings]) -> list[Postings]:
    """The rarest first, as far as they lead to `ALIKE` documents: what half of the catalogue says makes nothing alike."""
    telling: list[Postings] = []
    reached = 0
    for postings in sorted(told, key=lambda postings: postings.documents.bit_count()):
        reached += postings.documents.bit_count()
        if telling and reached > ALIKE:
            break
        telling.append(postings)
    return telling


def _delete(writer: SegmentWriter, number: int | None) -> None:
    if number is not None:
        writer.delete_document(number)


def _page(snapshot: Snapshot, query: Query, matches: Matches, found: int) -> list[int]:
    """The documents of the page in order; equal scores by popularity, then by id."""
    numbers = bits.numbers(found)
    by_score = query.sort == "relevance"
    rank = snapshot.rank(("-popularity",) if by_score else (query.sort,))
    last = query.offset + query.limit
    if by_score and matches.scored:
        scores = matches.scores(snapshot.size)
        return nsmallest(last, numbers, key=lambda number: (-scores[number], rank[number]))[query.offset :]
    return nsmallest(last, numbers, key=rank.__getitem__)[query.offset :]


class WhooshEngine(BaseEngine):
    backend = WhooshBackend
    query = PortalSearchQuery
