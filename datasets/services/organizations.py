"""Organizations from the lists of another portal."""

from typing import Literal
from uuid import uuid4

from django.db import transaction

from accounts.models import Organization
from opengov.search import outbox

from ..ckan.organizations import IncomingOrganization
from ..models import Dataset
from .publishers import made_id

Outcome = Literal["created", "updated", "unchanged"]


@transaction.atomic
def save_organization(incoming: IncomingOrganization) -> Outcome:
    """Make an organization, or bring one up to date in what its source knows. Asked twice, changes nothing.

    It is recognised by its identifier, else by its slug, else by a title where it was made for a record that named no more of it;
    such a one gets its slug now.
    """
    found = _match(incoming)
    organization = found or Organization(pk=incoming.id or uuid4(), name=incoming.name)
    before = {name: getattr(organization, name) for name in (*incoming.columns, "name")}
    if not Organization.objects.filter(name=incoming.name).exclude(pk=organization.pk).exists():
        organization.name = incoming.name
    for name, value in incoming.columns.items():
        setattr(organization, name, organization.extras | value if name == "extras" else value)
    if found is None:
        organization.save(force_insert=True)
        return "created"
    if all(getattr(organization, name) == value for name, value in before.items()):
        return "unchanged"
    organization.save()
    outbox.queue(Dataset.objects.filter(owner_org=organization).values_list("pk", flat=True), index_now=False)
    return "updated"


def _match(incoming: IncomingOrganization) -> Organization | None:
    organizations = Organization.objects.select_for_update()
    found = organizations.filter(pk=incoming.id).first() if incoming.id else None
    found = found or organizations.filter(name=incoming.name).first()
    if found:
        return found
    for title in filter(None, (incoming.columns["title_en"], incoming.columns["title_fr"])):
        namesakes = organizations.filter(title_en__iexact=title) | organizations.filter(title_fr__iexact=title)
        for organization in namesakes:
            if organization.pk == made_id(organization.name):
                return organization
    return None
