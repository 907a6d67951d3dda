"""What the front page shows."""

from dataclasses import dataclass

from accounts.models import Organization

from ..models import Dataset, Resource


@dataclass(frozen=True, slots=True)
class CatalogueCounts:
    datasets: int
    resources: int
    organizations: int


def catalogue_counts() -> CatalogueCounts:
    """How many public datasets and resources there are, and organizations that publish any."""
    public = Dataset.objects.published()
    return CatalogueCounts(
        datasets=public.count(),
        resources=Resource.objects.published().count(),
        organizations=Organization.objects.filter(pk__in=public.values("owner_org")).count(),
    )
