"""What is new and what has changed in the catalogue."""

from accounts.models import Organization

from ..models import DatasetQuerySet


def newest(datasets: DatasetQuerySet) -> DatasetQuerySet:
    """In the order of their release, the last first, with their publishers."""
    return datasets.select_related("owner_org").order_by("-visible_from", "-metadata_created", "id")


def last_updated(datasets: DatasetQuerySet, organization: Organization | None = None) -> DatasetQuerySet:
    """In the order of their last change, the last first, with their publishers; of one organization where one is given."""
    found = datasets.filter(owner_org=organization) if organization else datasets
    return found.select_related("owner_org").order_by("-metadata_modified", "id")
