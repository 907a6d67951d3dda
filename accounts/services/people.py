"""A person's own account: the profile, and leaving."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from opengov.mail import send_mail_to

from .. import personal_data
from ..activity import activity, record
from ..enums import OrganizationRole, PortalRole
from ..errors import LastAdministrator, OwnAccount, SoleOfficial, StillAdministrator
from ..models import Organization, PortalAppointment, User
from .memberships import is_sole_official

CONFIRM_WITHIN = timedelta(days=7)
PROFILE = ("display_name", "language", "time_zone")


@transaction.atomic
def update_profile(*, user: User, display_name: str, language: str, time_zone: str) -> None:
    """Change what the person says of themselves. Without a change, nothing is logged.

    Raises:
        ValidationError: a value that nobody may choose.
    """
    before = User.objects.select_for_update().values(*PROFILE).get(pk=user.pk)
    after = {"display_name": display_name, "language": language, "time_zone": time_zone}
    changed = [name for name in PROFILE if before[name] != after[name]]
    if not changed:
        return
    for name in changed:
        setattr(user, name, after[name])
    user.full_clean(exclude={field.name for field in User._meta.fields} - set(PROFILE), validate_constraints=False)
    user.save(update_fields=changed)
    record("person.update", user, user, details={"fields": changed})


def refuse_to_leave(user: User) -> None:
    """What keeps an account from being deleted by the person.

    Raises:
        StillAdministrator: another administrator ends this role first, so that somebody knows.
        SoleOfficial: an organization would be left with nobody who can invite people to it.
    """
    if user.is_superuser or PortalRole.ADMINISTRATOR in user.portal_roles:
        raise StillAdministrator
    official = user.memberships.filter(role=OrganizationRole.IMSO, organization__is_active=True).select_related("organization")
    sole = [membership.organization.title for membership in official if is_sole_official(membership)]
    if sole:
        raise SoleOfficial(sole)


@transaction.atomic
def delete_account(*, user: User) -> None:
    """Delete the person's account with all their data; what others need to keep stays without the person.

    Raises:
        StillAdministrator, SoleOfficial: see `refuse_to_leave`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    official = Organization.objects.filter(memberships__user=user, memberships__role=OrganizationRole.IMSO)
    list(official.select_for_update().order_by("pk"))  # two officials who leave at once: one after the other
    refuse_to_leave(user)
    personal_data.erase(user)
    send_mail_to(user_or_address=user.email, language=user.language, template="accounts/mail/account_deleted")
    farewell = activity("person.delete", user, None)
    farewell.target_label = ""
    farewell.save()
    user.delete()


@transaction.atomic
def suspend(*, user: User, actor: User, reason: str) -> None:
    """Close an account: the person is signed out at once and cannot sign in; nothing is lost. Asked again, changes nothing.

    Raises:
        OwnAccount: people cannot shut themselves out.
        LastAdministrator: nobody else could appoint people any more.
    """
    if user.pk == actor.pk:
        raise OwnAccount
    holders = PortalAppointment.objects.select_for_update(of=("self",)).filter(role=PortalRole.ADMINISTRATOR)
    administrators = set(holders.filter(user__is_active=True).values_list("user", flat=True))
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        return
    if administrators == {user.pk}:
        raise LastAdministrator
    _open(user, False)
    record("person.suspend", user, actor, note=reason)


@transaction.atomic
def reinstate(*, user: User, actor: User) -> None:
    """Open a suspended account again. Asked again, changes nothing."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        _open(user, True)
        record("person.reinstate", user, actor)


def _open(user: User, is_active: bool) -> None:
    user.is_active = is_active
    user.save(update_fields=["is_active"])


@transaction.atomic
def forget_unconfirmed(*, now: datetime) -> int:
    """Delete accounts that were signed up for, and whose address nobody confirmed within a week; say how many.

    The address may be somebody else's, who never asked. Accounts made at the command line have none to confirm and stay.
    """
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    stale = User.objects.filter(date_joined__lt=now - CONFIRM_WITHIN, last_login=None, emailaddress__verified=False)
    forgotten = list(stale.exclude(pk__in=confirmed).distinct())
    for user in forgotten:
        personal_data.erase(user)
        user.delete()
    return len(forgotten)
