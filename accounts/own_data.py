"""This app's parts of a person's data (see `personal_data`)."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opengov.emails import canonical

from .activity import sentence_of
from .models import Activity, Delegation, Invitation, User
from .personal_data import Part, register

Records = list[dict[str, Any]]


def register_parts() -> None:
    register(Part("accounts.profile", _("Profile and e-mail addresses"), _profile, _keep_nothing))
    register(Part("accounts.security", _("Ways to sign in (never the secrets themselves)"), _security, _keep_nothing))
    register(Part("accounts.roles", _("Roles in organizations and in the portal"), _roles, _keep_nothing))
    waits = _("How often the portal writes to you, and what it told you in the last 180 days")
    register(Part("accounts.notifications", waits, _notifications, _keep_nothing))
    register(Part("accounts.invitations", _("Invitations that you received"), _invitations, _erase_invitations))
    register(
        Part(
            "accounts.activity",
            _("Your activity in the portal"),
            _activity,
            _erase_activity,
            remains=_("The log of what was done in the portal, which no longer says that it was you."),
        )
    )


def _keep_nothing(user: User) -> None:
    """These rows go with the account."""


def _profile(user: User) -> Records:
    addresses = EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")
    return [
        {
            "id": user.pk,
            "display_name": user.display_name,
            "language": user.language,
            "time_zone": user.time_zone,
            "joined": user.date_joined,
            "last_login": user.last_login,
            "addresses": list(addresses),
        }
    ]


def _security(user: User) -> Records:
    factors = Authenticator.objects.filter(user=user).order_by("pk")
    accounts = SocialAccount.objects.filter(user=user).order_by("pk")
    return [
        {"kind": "password", "is_set": user.has_usable_password()},
        *({"kind": factor.type, "added": factor.created_at, "last_used": factor.last_used_at} for factor in factors),
        *({"kind": account.provider, "id": account.uid, "added": account.date_joined} for account in accounts),
    ]


def _roles(user: User) -> Records:
    memberships = user.memberships.order_by("pk").values("organization__name", "role", "created_at")
    appointments = user.appointments.order_by("pk").values("role", "created_at")
    columns = ("organization__name", "delegator", "delegate", "starts_on", "ends_on", "revoked_at")
    delegations = Delegation.objects.filter(Q(delegator=user) | Q(delegate=user)).order_by("pk").values(*columns)
    return [
        *({"organization": row["organization__name"], "role": row["role"], "since": row["created_at"]} for row in memberships),
        *({"organization": None, "role": row["role"], "since": row["created_at"]} for row in appointments),
        *delegations,
    ]


def _notifications(user: User) -> Records:
    chosen = user.notification_preferences.order_by("kind").values("kind", "pace")
    told = user.notifications.values("kind", "digest", "text", "address", "at", "read_at")
    return [*map(dict, chosen), *map(dict, told)]


def _received(user: User) -> list[Invitation]:
    """Invitations that the person accepted, or that were sent to one of their confirmed addresses however written."""
    mine = {
        canonical(address) for address in EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    }
    domains = Q(accepted_by=user)
    for address in mine:
        domains |= Q(email__iendswith=address.rpartition("@")[2])
    candidates = Invitation.objects.filter(domains).select_related("organization").order_by("pk")
    return [row for row in candidates if row.accepted_by_id == user.pk or canonical(row.email) in mine]


def _invitations(user: User) -> Records:
    return [
        {
            "email": row.email,
            "organization": row.organization.name if row.organization else None,
            "role": row.role,
            "sent": row.created_at,
            "accepted": row.accepted_at,
        }
        for row in _received(user)
    ]


def _erase_invitations(user: User) -> None:
    ids = [str(row.pk) for row in _received(user)]
    Activity.objects.filter(target_type="accounts.invitation", target_id__in=ids).update(target_label="")
    Invitation.objects.filter(pk__in=ids).delete()


def _activity(user: User) -> Records:
    rows = Activity.objects.filter(Q(actor=user) | _about(user)).order_by("at", "pk")
    return [
        {"at": row.at, "verb": row.verb, "what": sentence_of(row), "target": row.label, "note": row.note}
        for row in rows.select_related("actor").iterator()
    ]


def _erase_activity(user: User) -> None:
    Activity.objects.filter(_about(user)).update(target_label="")
    Activity.objects.filter(actor=user).update(actor=None)


def _about(user: User) -> Q:
    return Q(target_type="accounts.user", target_id=str(user.pk))
