"""The resources of a record as its revision will leave them, where they may be thousands: nothing here reads them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils.functional import cached_property

from ..models import Resource, Revision
from .working_copies import overlay_resource, place


class Kind(NamedTuple):
    """What the whole record must know of its resources."""

    format: str
    language: list[str]
    resource_type: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many resources there are, their kinds, each once, and the last position: -1 where there is none."""

    count: int
    kinds: Sequence[Kind]
    last_position: int


def holdings(revision: Revision) -> Holdings:
    """What the whole record must know of its resources, in three queries."""
    items = list(revision.items.exclude(resource_id=None).values_list("resource_id", "data"))
    written = [data for _pk, data in items if data is not None]
    rows = Resource.objects.filter(dataset=revision.dataset_id).exclude(pk__in=[pk for pk, _data in items]).order_by()
    sums = rows.aggregate(count=Count("pk"), last=Max("position"))
    kinds = [Kind(*row) for row in rows.values_list(*Kind._fields).distinct()]
    kinds += [Kind(data.get("format", ""), data.get("language", []), data.get("resource_type", "")) for data in written]
    last = max((data.get("position", 0) for data in written), default=-1)
    return Holdings(sums["count"] + len(written), kinds, last if sums["last"] is None else max(last, sums["last"]))


def working_resource(revision: Revision, pk: UUID) -> Resource | None:
    """One resource as the release will write it, in two queries however many there are; `None` where it is not, or is removed."""
    row = Resource.objects.filter(dataset=revision.dataset_id, pk=pk).first()
    item = revision.items.filter(resource_id=pk).first()
    if item is None:
        found = row
    elif item.data is None:
        return None
    else:
        found = row or Resource(pk=pk, dataset=revision.dataset)
        overlay_resource(found, item.data)
    if found is not None:
        found.dataset = revision.dataset
    return found


class WorkingResources:
    """The resources in their order, to be sliced. Those that the revision touched are read, of the others what is asked for."""

    def __init__(self, revision: Revision) -> None:
        items = dict(revision.items.exclude(resource_id=None).values_list("resource_id", "data"))
        rows = Resource.objects.filter(dataset=revision.dataset_id).in_bulk(list(items))
        self.dataset = revision.dataset
        self.removed = [rows[pk] for pk, data in items.items() if data is None and pk in rows]
        self._others = Resource.objects.filter(dataset=revision.dataset_id).exclude(pk__in=list(items))
        self._written = []
        for pk, data in items.items():
            if data is not None:
                row = rows.get(pk) or Resource(pk=pk, dataset=self.dataset)
                overlay_resource(row, data)
                self._written.append(row)

    @cached_property
    def _count(self) -> int:
        return self._others.count() + len(self._written)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> list[Resource]:
        start, stop, _step = part.indices(len(self))
        first = max(0, start - len(self._written))  # so far back the others may begin: each written one may stand before them
        near = sorted([*self._written, *self._others.order_by("position", "created", "pk")[first:stop]], key=place)
        found = near[start - first : stop - first]
        for row in found:
            row.dataset = self.dataset
        return found

    def get(self, pk: UUID) -> Resource | None:
        return next((row for row in self._written if row.pk == pk), None) or self._others.filter(pk=pk).first()

    def before(self, row: Resource) -> int:
        """How many stand before it, counted by the database."""
        position, created, pk = place(row)
        same = Q(position=position)
        earlier = Q(position__lt=position) | (same & Q(created__lt=created)) | (same & Q(created=created, pk__lt=pk))
        return self._others.filter(earlier).count() + sum(place(each) < place(row) for each in self._written)

    def moved(self, row: Resource, there: int) -> list[Resource]:
        """The rows whose position changes when it goes to a place, the first being 0.

        Where there is room between those that will stand beside it, it is the row alone; else all from its old place to the new
        one, and where two stand at the same position, all that stand otherwise than in their place.
        """
        here, there = self.before(row), max(0, min(there, len(self) - 1))
        first = max(0, min(here, there) - 1)
        near = self[first : max(here, there) + 2]
        positions = [each.position for each in near]
        rows = [each for each in near if each.pk != row.pk]
        rows.insert(there - first, row)
        if len(set(positions)) < len(positions):
            rows, positions = self._in_order(row, there), list(range(len(self)))
        elif here != there and (room := _room(rows, there - first, is_end=there == len(self) - 1)) is not None:
            row.position = room
            return [row]
        changed = [(each, position) for each, position in zip(rows, positions, strict=True) if each.position != position]
        for each, position in changed:
            each.position = position
        return [each for each, _position in changed]

    def _in_order(self, row: Resource, there: int) -> list[Resource]:
        rows = [each for each in self[:] if each.pk != row.pk]
        rows.insert(there, row)
        return rows


def _room(rows: Sequence[Resource], there: int, *, is_end: bool) -> int | None:
    """A position between those that stand beside a place, or none."""
    before = rows[there - 1].position if there else -1
    after = before + 2 if is_end else rows[there + 1].position
    return (before + after) // 2 if after - before > 1 else None
