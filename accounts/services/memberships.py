"""Granting and revoking roles in organizations."""

from django.db import transaction

from ..activity import record
from ..enums import OrganizationRole
from ..errors import SoleOfficial
from ..models import Membership, Organization, User


@transaction.atomic
def grant(*, user: User, organization: Organization, role: OrganizationRole, actor: User | None) -> Membership:
    """Give a person a role in an organization. Asked again for a role that is held, changes nothing."""
    membership, created = Membership.objects.get_or_create(
        user=user, organization=organization, role=role, defaults={"granted_by": actor}
    )
    if created:
        user.forget_roles()
        record("membership.grant", user, actor, details=_details(membership))
    return membership


@transaction.atomic
def revoke(*, membership: Membership, actor: User) -> None:
    """End a person's role in an organization. Asked again, changes nothing.

    Raises:
        SoleOfficial: people cannot themselves give up the last role that can invite others. An administrator can end it.
    """
    Organization.objects.select_for_update().get(pk=membership.organization_id)
    own = membership.user_id == actor.pk
    if own and membership.role == OrganizationRole.IMSO and is_sole_official(membership):
        raise SoleOfficial([membership.organization.title])
    deleted, _ = Membership.objects.filter(pk=membership.pk).delete()
    if deleted:
        membership.user.forget_roles()
        actor.forget_roles()
        record("membership.revoke", membership.user, actor, details=_details(membership))


def is_sole_official(membership: Membership) -> bool:
    """No other active person holds the same role in the organization."""
    others = Membership.objects.filter(organization=membership.organization_id, role=membership.role, user__is_active=True)
    return not others.exclude(user=membership.user_id).exists()


def _details(membership: Membership) -> dict[str, str]:
    organization = membership.organization
    return {
        "role": membership.role,
        "organization": organization.name,
        "title_en": organization.title_en or "",
        "title_fr": organization.title_fr or "",
    }
