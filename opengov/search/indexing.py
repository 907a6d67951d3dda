"""Keeping the index true to the database: from the outbox, anew, and by comparing. All writes to the index happen here.

Two locks: `search-index` around each write to an index, `search-rebuild` around a whole rebuild; so changes go on reaching the
index that answers while another is built.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import haystack

from opengov.health import Facts, Unwell
from opengov.locks import Busy, lock

from .engine import Document, PortalBackend, engine
from .fields import PortalIndex
from .models import OutboxEntry

BATCH = 2_000
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Drift:
    """How the index differs from the database: ids that are not in it, that should not be, and whose document is out of date."""

    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def total(self) -> int:
        return len(self.missing) + len(self.surplus) + len(self.stale)


def apply_outbox() -> int:
    """Bring the index up to date with everything that waits in the outbox; returns how many objects were looked at.

    Asked twice, or by two processes at once, it does no harm. Where there is no index, or more waits than half of it, the index
    is built anew: one writer for all is many times faster than many commits.
    """
    waiting = OutboxEntry.objects.count()
    with suppress(Busy):  # the rebuild that runs will look at the outbox itself
        if not engine().is_present() or waiting > max(BATCH, engine().size() / 2):
            rebuild()
    return _drain()


def _drain() -> int:
    looked_at = 0
    while engine().is_present() and (number := _apply_batch()):
        looked_at += number
    return looked_at


def _apply_batch() -> int:
    """Take a batch under the lock: entries are removed by their own number, so that a later change of the same object stays."""
    with lock("search-index"):
        entries = dict(OutboxEntry.objects.order_by("pk").values_list("pk", "object_id")[:BATCH])
        if entries:
            _bring_in(engine(), set(entries.values()))
            OutboxEntry.objects.filter(pk__in=list(entries)).delete()
        return len(entries)


def _bring_in(backend: PortalBackend, ids: set[str]) -> None:
    """Make the index say of these objects what the database says now."""
    queryset = _index().index_queryset().filter(pk__in=ids)
    present = {str(pk) for pk in queryset.values_list("pk", flat=True)}
    backend.apply(_documents(queryset), ids - present)


def _documents(queryset: Any) -> Iterator[Document]:
    index = _index()
    return (index.full_prepare(instance) for instance in queryset.iterator(chunk_size=CHUNK))


def _index() -> PortalIndex:
    unified = haystack.connections["default"].get_unified_index()
    (model,) = unified.get_indexed_models()
    index: PortalIndex = unified.get_index(model)
    return index


def rebuild(watch: Callable[[Iterable[Document], int], Iterable[Document]] | None = None) -> int:
    """Build the index anew beside the one that answers, bring in what changed meanwhile, and switch; returns its size.

    Args:
        watch: gets the documents and their number, and passes them on: for a progress bar.

    Raises:
        Busy: another rebuild is running.
    """
    with lock("search-rebuild", wait=False):
        noted = list(OutboxEntry.objects.values_list("pk", flat=True))
        queryset = _index().index_queryset()
        documents = _documents(queryset)
        built = engine().build(watch(documents, queryset.count()) if watch else documents)
        with lock("search-index"):
            _mend(built)
            engine().switch_to(built)
        for start in range(0, len(noted), BATCH):
            OutboxEntry.objects.filter(pk__in=noted[start : start + BATCH]).delete()
    _drain()
    return engine().size()


def drift(backend: PortalBackend | None = None) -> Drift:
    """Compare the index with the database, object by object."""
    owed = dict(_index().stamps())
    held = (backend or engine()).stamps()
    return Drift(
        missing=tuple(sorted(owed.keys() - held.keys())),
        surplus=tuple(sorted(held.keys() - owed.keys())),
        stale=tuple(sorted(pk for pk in owed.keys() & held.keys() if owed[pk] != held[pk])),
    )


def reconcile() -> Drift:
    """Mend what differs; returns what did. It looks at each object itself, so it also makes up for a lost outbox."""
    if not engine().is_present():
        rebuild()
    with lock("search-index"):
        return _mend(engine())


def _mend(backend: PortalBackend) -> Drift:
    found = drift(backend)
    differing = [*found.missing, *found.surplus, *found.stale]
    for start in range(0, len(differing), BATCH):
        _bring_in(backend, set(differing[start : start + BATCH]))
    return found


def health() -> Facts:
    """For `/readyz`: whether the index lacks something, and how many changes wait; `reconcile_index` compares thoroughly.

    Not how much is indexed: that would tell what is scheduled.
    """
    owed = _index().index_queryset().count()
    if owed and not engine().is_present():
        raise Unwell("There is no search index of this version: run rebuild_index.")
    return {"drift": abs(owed - engine().size()), "waiting": OutboxEntry.objects.count()}
