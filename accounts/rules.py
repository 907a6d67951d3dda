"""Who may do what with people and organizations: small facts, joined to permissions.

`user.has_perm("accounts.manage_people", organization)` asks them. Roles are read once for each user object, so that a list
page asks no query for a row.
"""

from typing import Any

import rules

from .enums import OrganizationRole, PortalRole


def holds(role: PortalRole) -> Any:
    """The predicate: the person holds this role for the whole portal."""

    @rules.predicate(f"holds:{role}")
    def predicate(user: Any) -> bool:
        return user.is_authenticated and role in user.portal_roles

    return predicate


def holds_in(role: OrganizationRole) -> Any:
    """The predicate: the person holds this role in the organization."""

    @rules.predicate(f"holds_in:{role}")
    def predicate(user: Any, organization: Any) -> bool:
        return organization is not None and user.is_authenticated and role in user.organization_roles.get(organization.pk, ())

    return predicate


@rules.predicate
def is_operator(user: Any) -> bool:
    """Made at the command line, for the hour when no administrator is left."""
    return user.is_superuser


@rules.predicate
def is_portal_staff(user: Any) -> bool:
    """The person holds some role for the portal, or is an operator: the administration is open to them."""
    return user.is_active and (user.is_superuser or bool(user.portal_roles))


@rules.predicate
def belongs_to(user: Any, organization: Any) -> bool:
    """The person holds some role in the organization."""
    return organization is not None and user.is_authenticated and organization.pk in user.organization_roles


@rules.predicate
def is_own(user: Any, thing: Any) -> bool:
    """The membership or appointment is the person's own."""
    return thing is not None and thing.user_id == user.pk


@rules.predicate
def is_imso_of_its_organization(user: Any, thing: Any) -> bool:
    """The thing (a membership, an invitation) is of an organization whose IMSO the person is."""
    return thing is not None and is_imso_of(user, thing.organization)


@rules.predicate
def is_delegate_of(user: Any, organization: Any) -> bool:
    """An official of the organization lets the person sign on their behalf today."""
    return organization is not None and user.is_authenticated and organization.pk in user.delegators


is_administrator = is_operator | holds(PortalRole.ADMINISTRATOR)
is_publisher = holds(PortalRole.PUBLISHER)
is_moderator = holds(PortalRole.MODERATOR)
is_author = holds(PortalRole.AUTHOR)
is_member_of = holds_in(OrganizationRole.MEMBER)
is_editor_of = holds_in(OrganizationRole.EDITOR)
is_reviewer_of = holds_in(OrganizationRole.REVIEWER)
is_imso_of = holds_in(OrganizationRole.IMSO)
signs_for = is_imso_of | is_delegate_of


@rules.predicate
def is_operators(user: Any, thing: Any) -> bool:
    """The account is an operator's."""
    return thing is not None and thing.is_superuser


rules.add_perm("accounts", is_portal_staff)  # whether the administration has anything of this app to show
rules.add_perm("accounts.view_organization", is_portal_staff)
rules.add_perm("accounts.suspend_person", is_operator | (is_administrator & ~is_operators))
rules.add_perm("accounts.see_people", is_administrator | belongs_to)
rules.add_perm("accounts.manage_people", is_administrator | is_imso_of)
rules.add_perm("accounts.delegate", is_imso_of)
rules.add_perm("accounts.manage_invitation", is_administrator | is_imso_of_its_organization)
rules.add_perm("accounts.revoke_membership", is_administrator | is_imso_of_its_organization | is_own)
rules.add_perm("accounts.manage_appointments", is_administrator)
rules.add_perm("accounts.see_activity", is_administrator)
