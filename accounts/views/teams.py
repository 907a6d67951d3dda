"""The people of an organization, and those with a role for the whole portal: who they are, inviting them, ending their roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..enums import OrganizationRole, PortalRole
from ..errors import AccountsError
from ..forms import InvitationForm
from ..models import Invitation, Membership, Organization, PortalAppointment
from ..selectors.people import appointed_people, people_of, waiting_invitations
from ..services import appointments, invitations, memberships
from .access import person_page, posted, require


@person_page
def member_list(request: HttpRequest, organization: str) -> HttpResponse:
    """The list; a POST invites somebody."""
    found = get_object_or_404(Organization.objects.visible_to(request.user), name=organization)
    require(request, "accounts.manage_people" if request.method == "POST" else "accounts.see_people", found)
    form = InvitationForm(posted(request), roles=OrganizationRole)
    if _invited(request, form, found):
        return _back(found)
    can_manage = request.user.has_perm("accounts.manage_people", found)
    context = {
        "organization": found,
        "people": people_of(found),
        "can_manage": can_manage,
        "can_delegate": request.user.has_perm("accounts.delegate", found),
        "invitations": waiting_invitations(found) if can_manage else [],
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "accounts/teams/members.html", context, status=422 if form.errors else 200)


@person_page
def appointment_list(request: HttpRequest) -> HttpResponse:
    """The list; a POST invites somebody."""
    require(request, "accounts.manage_appointments")
    form = InvitationForm(posted(request), roles=PortalRole)
    if _invited(request, form, None):
        return _back(None)
    context = {
        "people": appointed_people(),
        "can_manage": True,
        "invitations": waiting_invitations(None),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "accounts/teams/appointments.html", context, status=422 if form.errors else 200)


@require_POST
@person_page
def membership_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("organization", "user"), pk=pk)
    require(request, "accounts.revoke_membership", membership)
    own = membership.user_id == request.user.pk
    _try(request, _("The role has ended."), memberships.revoke, membership=membership, actor=request.user)
    return redirect("accounts:membership-list") if own else _back(membership.organization)


@require_POST
@person_page
def appointment_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, "accounts.manage_appointments")
    appointment = get_object_or_404(PortalAppointment.objects.select_related("user"), pk=pk)
    _try(request, _("The role has ended."), appointments.dismiss, appointment=appointment, actor=request.user)
    return redirect("accounts:membership-list") if appointment.user_id == request.user.pk else _back(None)


@require_POST
@person_page
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _managed(request, pk)
    done = _("The invitation was sent again. The link in the first mail no longer works.")
    _try(request, done, invitations.resend, invitation=invitation, actor=request.user, now=timezone.now())
    return _back(invitation.organization)


@require_POST
@person_page
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _managed(request, pk)
    _try(
        request,
        _("The invitation is withdrawn."),
        invitations.revoke,
        invitation=invitation,
        actor=request.user,
        now=timezone.now(),
    )
    return _back(invitation.organization)


def _managed(request: HttpRequest, pk: int) -> Invitation:
    invitation = get_object_or_404(Invitation.objects.select_related("organization"), pk=pk)
    require(request, "accounts.manage_invitation", invitation)
    return invitation


def _invited(request: HttpRequest, form: InvitationForm, organization: Organization | None) -> bool:
    """Send the invitation of a valid form. A refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        invitations.invite(organization=organization, actor=request.user, now=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
    except AccountsError as error:
        form.add_error("email", str(error))
        return False
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
    return True


def _try(request: HttpRequest, done: str, service: Any, **arguments: Any) -> None:
    try:
        service(**arguments)
    except AccountsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)


def _back(organization: Organization | None) -> HttpResponse:
    if organization is None:
        return redirect("accounts:appointment-list")
    return redirect("accounts:member-list", organization.name)
