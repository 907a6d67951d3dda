import hashlib
import secrets
import uuid
from collections import defaultdict
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..enums import InvitationState, OrganizationRole, PortalRole
from ..validators import validate_display_name, validate_time_zone
from .organizations import Organization


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, who logs in by e-mail. Roles stand in `Membership` and `PortalAppointment`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("display name"), max_length=80, blank=True, validators=[validate_display_name])
    language = models.CharField(_("language"), max_length=5, choices=[("en", "English"), ("fr", "Français")], default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="America/Toronto", validators=[validate_time_zone])
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message=_("An account with this e-mail exists already."),
            ),
            models.CheckConstraint(condition=models.Q(language__in=["en", "fr"]), name="accounts_user_language_known"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name or self.email.partition("@")[0]

    @cached_property
    def portal_roles(self) -> frozenset[str]:
        """Codes of the portal roles held, read once for this object; `forget_roles` after a change."""
        return frozenset(self.appointments.values_list("role", flat=True))

    @cached_property
    def organization_roles(self) -> dict[uuid.UUID, frozenset[str]]:
        """Codes of the roles held, by id of organization, read once for this object."""
        roles: dict[uuid.UUID, set[str]] = defaultdict(set)
        for organization_id, role in self.memberships.values_list("organization_id", "role"):
            roles[organization_id].add(role)
        return {organization_id: frozenset(held) for organization_id, held in roles.items()}

    @cached_property
    def delegators(self) -> dict[uuid.UUID, uuid.UUID]:
        """Who lets this person sign on their behalf today, by id of the organization, read once for this object."""
        if not self.organization_roles:  # a delegate is of the organization
            return {}
        rows = self.delegations_received.in_force(timezone.localdate())
        return dict(rows.order_by("pk").values_list("organization_id", "delegator_id"))

    def forget_roles(self) -> None:
        for name in ("portal_roles", "organization_roles", "delegators"):
            self.__dict__.pop(name, None)


class Membership(models.Model):
    """One role of one person in one organization."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships", verbose_name=_("organization"))
    role = models.CharField(_("role"), max_length=20, choices=OrganizationRole)
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("granted by"))
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organization", "role"], name="accounts_membership_unique"),
            models.CheckConstraint(condition=models.Q(role__in=OrganizationRole.values), name="accounts_membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organization}"


class PortalAppointment(models.Model):
    """One role of one person for the whole portal."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=PortalRole)
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("granted by"))
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("portal role")
        verbose_name_plural = _("portal roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="accounts_appointment_unique"),
            models.CheckConstraint(condition=models.Q(role__in=PortalRole.values), name="accounts_appointment_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


def invitation_token() -> str:
    """A secret that cannot be guessed: 256 bits, as it stands in the mailed address."""
    return secrets.token_urlsafe(32)


def hash_of_token(token: str) -> str:
    """What is kept of a token. A secret of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked: open, or expired and to be sent again."""
        return self.filter(accepted_at=None, revoked_at=None)

    def with_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=hash_of_token(token))


class Invitation(models.Model):
    """A mailed offer of one role, in an organization or (without one) for the portal. It expires and works once.

    Only the mail holds the token; here is its hash.
    """

    email = models.EmailField(_("e-mail"))
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=20, choices=OrganizationRole.choices + PortalRole.choices)
    language = models.CharField(_("language"), max_length=5, choices=[("en", "English"), ("fr", "Français")], default="en")
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by"))
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("accepted by"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, role__in=OrganizationRole.values)
                | models.Q(organization__isnull=True, role__in=PortalRole.values),
                name="accounts_invitation_role_fits",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None), name="accounts_invitation_accepted_or_revoked"
            ),
            models.UniqueConstraint(
                "organization",
                "role",
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None, organization__isnull=False),
                name="accounts_invitation_one_waiting",
            ),
            models.UniqueConstraint(
                "role",
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None, organization=None),
                name="accounts_invitation_one_waiting_portal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    def state_at(self, now: datetime) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED
