"""Take the demonstration out of the portal again."""

from django.db import transaction

from accounts.models import Organization, User
from opengov.search import outbox

from ..models import DailyCount, Dataset
from .approvals import CASES
from .content import read_departments
from .packages import dataset_id, organization_id
from .people import PEOPLE


@transaction.atomic
def remove() -> None:
    """Delete the demonstration's datasets and accounts, unused organizations, and the portal's sums of counts."""
    departments = read_departments()
    slugs = [entry.slug for department in departments for entry in department.entries]
    ids = [dataset_id(slug) for slug in (*slugs, *(case.slug for case in CASES))]
    Dataset.objects.filter(pk__in=ids).delete()
    DailyCount.objects.filter(dataset=None).delete()
    User.objects.filter(email__in=[person.email for person in PEOPLE]).delete()
    made_here = [organization_id(department.name) for department in departments]
    Organization.objects.filter(pk__in=made_here, datasets=None).delete()
    outbox.queue(ids)
