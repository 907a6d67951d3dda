"""The whole record of a dataset, as CKAN's Action API and its dumps write it."""

from typing import Any

from django.db.models import Q

from ..ckan.records import package
from ..models import Dataset
from ..models.datasets import public_now


def package_of(row: Dataset) -> dict[str, Any]:
    """The record with its resources, and its relationships with what is public. `row` comes with its organization."""
    public = Q(target=None) | public_now("target__")
    return package(
        vars(row),
        [vars(resource) for resource in row.resources.all()],
        list(row.relationships.filter(public).values("kind", "related_type", "url", "url_fr", "target_id")),
        vars(row.owner_org) if row.owner_org else None,
    )
