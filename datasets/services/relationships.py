"""Relationships between records: those that were imported as addresses find the record that they mean."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from ..enums import INVERSE_RELATIONSHIPS
from ..errors import RelatedInACircle
from ..incoming import Related, dataset_in
from ..models import Dataset, Relationship

Key = tuple[UUID, str, UUID]


def relationship_row(related: Related) -> dict[str, Any]:
    """The columns of a relationship, but for its dataset and its place."""
    return {
        "kind": related.kind,
        "related_type": related.related_type,
        "url": related.url,
        "url_fr": related.url_fr,
        "target_id": related.target,
    }


def refuse_circles(dataset: Dataset, relationships: Iterable[Related]) -> None:
    """
    Raises:
        RelatedInACircle: a record is to follow one that follows it.
    """
    wanted = [(dataset.pk, related.kind, related.target) for related in relationships if related.target]
    others = Relationship.objects.filter(dataset__in=[target for _own, _kind, target in wanted]).select_related("dataset")
    taken = {(row.dataset_id, row.kind, row.target_id): row.dataset for row in others if row.target_id == dataset.pk}
    for key in wanted:
        if against := next((taken[each] for each in _reverse(*key) if each in taken), None):
            raise RelatedInACircle(str(against))
    for own, kind, target in wanted:
        inverse = INVERSE_RELATIONSHIPS.get(kind, kind)
        if inverse != kind and (own, inverse, target) in wanted:
            raise RelatedInACircle(str(Dataset.objects.get(pk=target)))


@transaction.atomic
def link() -> list[Relationship]:
    """Give each relationship whose address names a record of this catalogue that record as its target. Asked twice, harmless.

    Returns:
        Those that stay mere addresses, because they say the reverse of another: `B supersedes A` where `A supersedes B`.
    """
    open_ends = Relationship.objects.filter(target=None, url__icontains="/dataset/").order_by("position", "pk")
    meant = {row.pk: target for row in open_ends if (target := dataset_in(row.url))}
    known = set(Dataset.objects.filter(pk__in=set(meant.values())).values_list("pk", flat=True))
    taken: set[Key] = set(Relationship.objects.exclude(target=None).values_list("dataset", "kind", "target"))
    linked, loops = [], []
    for row in open_ends:
        target = meant.get(row.pk)
        if target is None or target not in known or target == row.dataset_id:
            continue
        key = (row.dataset_id, row.kind, target)
        if taken & _reverse(*key):
            loops.append(row)
        elif key not in taken:
            taken.add(key)
            row.target_id = target
            linked.append(row)
    Relationship.objects.bulk_update(linked, ["target"], batch_size=500)
    return loops


def _reverse(dataset: UUID, kind: str, target: UUID) -> set[Key]:
    """The relationships that cannot be true beside this one; none for a kind that is its own inverse."""
    inverse = INVERSE_RELATIONSHIPS.get(kind, kind)
    return set() if inverse == kind else {(target, kind, dataset), (dataset, inverse, target)}
