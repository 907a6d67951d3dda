"""People, their roles and invitations, and the activity log. Organizations stand with the catalogue (`datasets.admin`)."""

from importlib import import_module
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from opengov.administration import ReadOnly, ReadOnlyInline, SelectFilter

from . import activity
from .enums import InvitationState
from .models import Activity, Delegation, Invitation, Membership, PortalAppointment, User
from .recorded_admin import RecordedAdmin, actor_of
from .rules import is_administrator
from .services import appointments, invitations, memberships, people

# Roles take the place of groups. What people sign in with is theirs alone: who could change an address could become its person.
for package in ("django.contrib.auth", "allauth.account", "allauth.mfa", "allauth.socialaccount"):
    import_module(f"{package}.admin")  # it registers them now, and not again later
for model in (Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason, for the record"), max_length=500)


class EmailAddressInline(ReadOnlyInline):
    model = EmailAddress
    fields = ("email", "primary", "verified")


class MembershipInline(ReadOnlyInline):
    model = Membership
    fk_name = "user"
    fields = ("organization", "role", "granted_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("organization", "granted_by", "user")


class AppointmentInline(ReadOnlyInline):
    model = PortalAppointment
    fk_name = "user"
    fields = ("role", "granted_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PortalAppointment]:
        return super().get_queryset(request).select_related("granted_by", "user")


@admin.register(User)
class UserAdmin(ReadOnly, RecordedAdmin):
    """People change their own profile; here their accounts are suspended and opened again."""

    list_display = ("email", "display_name", "language", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff", "appointments__role")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    fields = (
        "email",
        "display_name",
        "language",
        "time_zone",
        "is_active",
        "is_staff",
        "is_superuser",
        "date_joined",
        "last_login",
    )
    inlines = (AppointmentInline, MembershipInline, EmailAddressInline)
    actions = ("suspend", "reinstate")

    def has_suspend_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def actions_for(self, row: User) -> tuple[str, ...]:
        return ("suspend",) if row.is_active else ("reinstate",)

    @admin.action(description=_("Suspend the account"), permissions=["suspend"])
    def suspend(self, request: HttpRequest, rows: QuerySet[User]) -> HttpResponse | None:
        form = self.asked(request, rows, "suspend", ReasonForm, str(_("Suspend accounts")))
        if isinstance(form, HttpResponse):
            return form
        reason = form.cleaned_data["reason"]
        self.for_each(
            request,
            rows,
            lambda row: people.suspend(user=self._own_to_move(request, row), actor=actor_of(request), reason=reason),
            lambda count: (
                ngettext("%(count)d account is suspended.", "%(count)d accounts are suspended.", count) % {"count": count}
            ),
        )
        return None

    @admin.action(description=_("Open the account again"), permissions=["suspend"])
    def reinstate(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self.for_each(
            request,
            rows,
            lambda row: people.reinstate(user=self._own_to_move(request, row), actor=actor_of(request)),
            lambda count: (
                ngettext("%(count)d account is open again.", "%(count)d accounts are open again.", count) % {"count": count}
            ),
        )

    @staticmethod
    def _own_to_move(request: HttpRequest, row: User) -> User:
        """Administrators leave operators alone (docs/adr/0006-administrators.md)."""
        if not request.user.has_perm("accounts.suspend_person", row):
            raise PermissionDenied
        return row


class RoleAdmin(ReadOnly, RecordedAdmin):
    """A role that a person holds: given by invitation, ended here."""

    list_select_related: ClassVar[Any] = ("user", "granted_by")
    list_filter: ClassVar[Any] = ("role",)
    search_fields: ClassVar[Any] = ("user__email__startswith",)
    ordering = ("-id",)
    actions = ("end",)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def actions_for(self, row: Any) -> tuple[str, ...]:
        return ("end",)

    @admin.action(description=_("End the role"), permissions=["end"])
    def end(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self.for_each(
            request,
            rows,
            lambda row: self.end_one(row, actor_of(request)),
            lambda count: ngettext("%(count)d role has ended.", "%(count)d roles have ended.", count) % {"count": count},
        )

    def end_one(self, row: Any, actor: User) -> None:
        raise NotImplementedError


@admin.register(Membership)
class MembershipAdmin(RoleAdmin):
    list_display = ("user", "role", "organization", "granted_by", "created_at")
    list_select_related = ("user", "organization", "granted_by")
    list_filter = ("role", ("organization", SelectFilter))
    search_fields = ("user__email__startswith", "organization__name__startswith")

    def end_one(self, row: Membership, actor: User) -> None:
        memberships.revoke(membership=row, actor=actor)


@admin.register(PortalAppointment)
class AppointmentAdmin(RoleAdmin):
    list_display = ("user", "role", "granted_by", "created_at")

    def end_one(self, row: PortalAppointment, actor: User) -> None:
        appointments.dismiss(appointment=row, actor=actor)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, RecordedAdmin):
    list_display = ("email", "role", "organization", "invited_by", "created_at", "state")
    list_select_related = ("organization", "invited_by")
    list_filter = ("role", ("accepted_at", admin.EmptyFieldListFilter), ("revoked_at", admin.EmptyFieldListFilter))
    search_fields = ("email__startswith", "organization__name__startswith")
    ordering = ("-id",)
    actions = ("resend", "revoke")

    @admin.display(description=_("state"))
    def state(self, row: Invitation) -> str:
        return str(row.state_at(timezone.now()).label)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def actions_for(self, row: Invitation) -> tuple[str, ...]:
        over = row.state_at(timezone.now()) in (InvitationState.ACCEPTED, InvitationState.REVOKED)
        return () if over else ("resend", "revoke")

    @admin.action(description=_("Send again"), permissions=["send"])
    def resend(self, request: HttpRequest, rows: QuerySet[Invitation]) -> None:
        now = timezone.now()
        self.for_each(
            request,
            rows,
            lambda row: invitations.resend(invitation=row, actor=actor_of(request), now=now),
            lambda count: (
                ngettext("%(count)d invitation was sent again.", "%(count)d invitations were sent again.", count)
                % {"count": count}
            ),
        )

    @admin.action(description=_("Withdraw the invitation"), permissions=["send"])
    def revoke(self, request: HttpRequest, rows: QuerySet[Invitation]) -> None:
        now = timezone.now()
        self.for_each(
            request,
            rows,
            lambda row: invitations.revoke(invitation=row, actor=actor_of(request), now=now),
            lambda count: (
                ngettext("%(count)d invitation is withdrawn.", "%(count)d invitations are withdrawn.", count) % {"count": count}
            ),
        )


class VerbFilter(admin.SimpleListFilter):
    title = _("What was done")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(verb, activity.label_of(verb)) for verb in activity.verbs()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Activity)
class ActivityAdmin(ReadOnly, RecordedAdmin):
    list_display = ("at", "sentence", "label", "note")
    list_select_related = ("actor",)
    list_filter = (VerbFilter,)
    search_fields = ("actor__email__exact",)
    search_help_text = _("The whole e-mail address of the person who did it")
    ordering = ("-at", "-id")

    @admin.display(description=_("what was done"))
    def sentence(self, row: Activity) -> str:
        return activity.sentence_of(row)

    @admin.display(description=_("name at the time"))
    def label(self, row: Activity) -> str:
        return row.label


@admin.register(Delegation)
class DelegationAdmin(ReadOnly, RecordedAdmin):
    """Officials delegate on their own pages."""

    list_display = ("delegator", "delegate", "organization", "starts_on", "ends_on", "revoked_at")
    list_select_related = ("delegator", "delegate", "organization")
    list_filter = (("organization", SelectFilter),)
    search_fields = ("delegator__email", "delegate__email")
    ordering = ("-starts_on", "-id")
