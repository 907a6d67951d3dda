"""Appointing people to roles for the whole portal, and ending that."""

from django.db import transaction

from ..activity import record
from ..enums import PortalRole
from ..errors import LastAdministrator
from ..models import PortalAppointment, User


@transaction.atomic
def appoint(*, user: User, role: PortalRole, actor: User | None) -> PortalAppointment:
    """Give a person a role for the portal. Asked again for a role that is held, changes nothing."""
    appointment, created = PortalAppointment.objects.get_or_create(user=user, role=role, defaults={"granted_by": actor})
    if created:
        _follow(user)
        record("appointment.grant", user, actor, details={"role": role})
    return appointment


@transaction.atomic
def dismiss(*, appointment: PortalAppointment, actor: User) -> None:
    """End a person's role for the portal. Asked again, changes nothing.

    Raises:
        LastAdministrator: nobody else could appoint people any more.
    """
    holders = PortalAppointment.objects.select_for_update().filter(role=appointment.role).select_related("user")
    others = [holder for holder in holders if holder.pk != appointment.pk and holder.user.is_active]
    if appointment.role == PortalRole.ADMINISTRATOR and not others:
        raise LastAdministrator
    deleted, _ = PortalAppointment.objects.filter(pk=appointment.pk).delete()
    if deleted:
        _follow(appointment.user)
        record("appointment.revoke", appointment.user, actor, details={"role": appointment.role})


def _follow(user: User) -> None:
    """The administration is open to whoever has a role for the portal; the rules decide what they see there."""
    user.forget_roles()
    user.is_staff = user.is_superuser or bool(user.portal_roles)
    user.save(update_fields=["is_staff"])
