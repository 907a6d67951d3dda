"""Relationships between records: those that were imported as addresses find the record that they mean."""

import re
from typing import Any
from uuid import UUID

from django.db import transaction

from ..incoming import Related
from ..models import Dataset, Relationship

DATASET_ADDRESS = re.compile(r"/dataset/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)


def relationship_row(related: Related) -> dict[str, Any]:
    """The columns of a relationship, but for its dataset and its place."""
    return {
        "kind": related.kind,
        "related_type": related.related_type,
        "url": related.url,
        "url_fr": related.url_fr,
        "target_id": related.target,
    }


@transaction.atomic
def link() -> int:
    """Give each relationship whose address names a record of this catalogue that record as its target. Asked twice, harmless.

    Returns:
        How many were linked.
    """
    open_ends = Relationship.objects.filter(target=None, url__icontains="/dataset/").order_by("position", "pk")
    meant = {row.pk: UUID(found[1]) for row in open_ends if (found := DATASET_ADDRESS.search(row.url))}
    known = set(Dataset.objects.filter(pk__in=set(meant.values())).values_list("pk", flat=True))
    taken = set(Relationship.objects.exclude(target=None).filter(target__in=known).values_list("dataset", "kind", "target"))
    linked = []
    for row in open_ends:
        target = meant.get(row.pk)
        if target is None or target not in known or target == row.dataset_id:
            continue
        if (key := (row.dataset_id, row.kind, target)) not in taken:
            taken.add(key)
            row.target_id = target
            linked.append(row)
    Relationship.objects.bulk_update(linked, ["target"], batch_size=500)
    return len(linked)
