"""What an address of the catalogue leads to, for whoever asks."""

from uuid import UUID

from django.http import Http404, HttpRequest

from ..models import Dataset, Resource
from ..selectors.tombstones import tombstone_of


def dataset_at(request: HttpRequest, name: str) -> Dataset:
    """The dataset of this name.

    Raises:
        Gone: it was public and was withdrawn.
        Http404: there is none that the person may see.
    """
    row = Dataset.objects.visible_to(request.user).select_related("owner_org").filter(name=name).first()
    if row is None:
        raise nothing_at(name)
    return row


def resource_at(request: HttpRequest, name: str, pk: UUID) -> Resource:
    """A resource of the dataset of this name; raises as `dataset_at`."""
    rows = Resource.objects.visible_to(request.user).select_related("dataset", "dataset__owner_org")
    row = rows.filter(pk=pk, dataset__name=name).first()
    if row is None:
        raise nothing_at(name)
    return row


def nothing_at(name: str) -> Exception:
    """What to raise where nothing can be seen: the tombstone, if there is one."""
    return tombstone_of(name) or Http404()
