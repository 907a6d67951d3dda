"""Inviting people to roles by mail: send, send again, accept, withdraw."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from opengov.emails import canonical
from opengov.mail import send_mail_to

from ..activity import record
from ..enums import InvitationState, OrganizationRole, PortalRole
from ..errors import AlreadyHolds, AlreadyInvited, InvitationExpired, InvitationRevoked, InvitationUsed, WrongAccount
from ..models import Invitation, Organization, User
from ..models.people import hash_of_token, invitation_token
from . import appointments, memberships

VALID_FOR = timedelta(days=7)


@transaction.atomic
def invite(*, email: str, organization: Organization | None, role: str, language: str, actor: User, now: datetime) -> Invitation:
    """Mail somebody the offer of a role: in an organization, or for the portal where `organization` is None.

    Raises:
        AlreadyHolds: somebody with this confirmed address holds the role.
        AlreadyInvited: an invitation to it waits for this address.
        ValidationError: this is no address, or no role of this kind.
    """
    if role not in (PortalRole if organization is None else OrganizationRole).values:
        raise ValidationError(_("This is not a role of this kind."), code="role")
    token = invitation_token()
    invitation = Invitation(
        email=email,
        organization=organization,
        role=role,
        language=language,
        invited_by=actor,
        token_hash=hash_of_token(token),
        expires_at=now + VALID_FOR,
    )
    invitation.full_clean(validate_constraints=False)
    if _holders(organization, role) & _people_at(email):
        raise AlreadyHolds
    same = Invitation.objects.waiting().filter(organization=organization, role=role)
    if any(canonical(other) == canonical(email) for other in same.values_list("email", flat=True)):
        raise AlreadyInvited
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise AlreadyInvited from None
    record("invitation.send", invitation, actor, now=now)
    _mail(invitation, token)
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation, actor: User, now: datetime) -> Invitation:
    """Mail the offer again with a new token and seven more days; the old link stops working.

    Raises:
        InvitationUsed, InvitationRevoked: it is over.
    """
    invitation = _locked(invitation)
    _refuse(invitation, now, {InvitationState.ACCEPTED, InvitationState.REVOKED})
    token = invitation_token()
    invitation.token_hash = hash_of_token(token)
    invitation.expires_at = now + VALID_FOR
    invitation.save(update_fields=["token_hash", "expires_at"])
    record("invitation.resend", invitation, actor, now=now)
    _mail(invitation, token)
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, actor: User, now: datetime) -> None:
    """Withdraw an offer. Asked again, changes nothing.

    Raises:
        InvitationUsed: it was accepted; the role itself can be revoked.
    """
    invitation = _locked(invitation)
    _refuse(invitation, now, {InvitationState.ACCEPTED})
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        record("invitation.revoke", invitation, actor, now=now)


@transaction.atomic
def accept(*, token: str, user: User, now: datetime) -> Invitation:
    """Take up the role that is offered. The same person asking again changes nothing.

    Raises:
        Invitation.DoesNotExist: no invitation has this token.
        WrongAccount: none of the person's confirmed addresses is the one that was invited.
        InvitationUsed, InvitationRevoked, InvitationExpired: it is over.
    """
    invitation = _locked(Invitation.objects.with_token(token).get())
    if not is_for(invitation, user):
        raise WrongAccount
    if invitation.accepted_by_id == user.pk:
        return invitation
    _refuse(invitation, now, set(InvitationState) - {InvitationState.OPEN})
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("invitation.accept", invitation, user, now=now)
    if invitation.organization is None:
        appointments.appoint(user=user, role=PortalRole(invitation.role), actor=invitation.invited_by)
    else:
        role = OrganizationRole(invitation.role)
        memberships.grant(user=user, organization=invitation.organization, role=role, actor=invitation.invited_by)
    return invitation


def is_for(invitation: Invitation, user: User) -> bool:
    """One of the person's confirmed addresses is the one that was invited, however it is written."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return canonical(invitation.email) in {canonical(address) for address in confirmed}


def refuse_unless_open(invitation: Invitation, now: datetime) -> None:
    """Raises InvitationUsed, InvitationRevoked or InvitationExpired for an invitation that cannot be accepted any more."""
    _refuse(invitation, now, set(InvitationState) - {InvitationState.OPEN})


def _refuse(invitation: Invitation, now: datetime, states: set[InvitationState]) -> None:
    state = invitation.state_at(now)
    if state in states:
        raise {
            InvitationState.ACCEPTED: InvitationUsed,
            InvitationState.REVOKED: InvitationRevoked,
            InvitationState.EXPIRED: InvitationExpired,
        }[state]


def _locked(invitation: Invitation) -> Invitation:
    related = ("organization", "invited_by", "accepted_by")
    return Invitation.objects.select_for_update(of=("self",)).select_related(*related).get(pk=invitation.pk)


def _holders(organization: Organization | None, role: str) -> set[User]:
    held = (
        {"appointments__role": role}
        if organization is None
        else {"memberships__role": role, "memberships__organization": organization}
    )
    return set(User.objects.filter(**held))


def _people_at(email: str) -> set[User]:
    return set(User.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True))


def _mail(invitation: Invitation, token: str) -> None:
    with translation.override(invitation.language):
        address = settings.SITE_URL + reverse("accounts:invitation-accept", args=[token])
    send_mail_to(
        user_or_address=invitation.email,
        language=invitation.language,
        template="accounts/mail/invitation",
        context={"invitation": invitation, "address": address, "days": VALID_FOR.days},
    )
