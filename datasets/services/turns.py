"""Tell people by mail that something waits for them, or what became of what they wrote."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganizationRole, Pace, PortalRole
from accounts.models import Delegation, User
from accounts.notifications import Kind
from accounts.services.notifications import notify

from ..enums import RevisionState
from ..models import Revision, SignOff

KIND = Kind("datasets.turns", _("Records that wait for you, and what became of yours"), (Pace.AT_ONCE, Pace.DAILY, Pace.OFF))


def whose(revision: Revision) -> Q:
    """The people whose turn it is; of what is public now, its writers; nobody where the revision was given up."""
    organization = revision.dataset.owner_org_id
    if revision.state == RevisionState.REVIEW:
        return Q(memberships__role=OrganizationRole.REVIEWER, memberships__organization=organization)
    if revision.state == RevisionState.SIGN_OFF:
        delegations = Delegation.objects.in_force(timezone.localdate()).filter(organization=organization)
        officials = Q(memberships__role=OrganizationRole.IMSO, memberships__organization=organization)
        return officials | Q(pk__in=delegations.values("delegate"))
    if revision.state == RevisionState.RELEASE:
        return Q(appointments__role=PortalRole.PUBLISHER)
    if revision.state in (RevisionState.EDITING, RevisionState.RELEASED):
        return Q(pk__in=revision.writers.values("pk"))
    return Q(pk__in=[])


def tell(revision: Revision, *, actor: User | None, note: str, now: datetime) -> None:
    """Tell them, each in their language and at the pace they chose; not the one who made the move."""
    people = User.objects.filter(whose(revision), is_active=True).distinct()
    notify(
        people=people.exclude(pk=actor.pk) if actor else people,
        kind=KIND.key,
        template="datasets/mail/turn",
        link=revision.get_absolute_url,
        now=now,
        context={"revision": revision, "actor": actor, "note": note},
    )


def tell_lapsed(signed: SignOff, *, actor: User, now: datetime) -> None:
    """Tell the official whose sign-off lapsed by a change, and on whose behalf it was given."""
    people = User.objects.filter(pk__in=[signed.signer_id, signed.on_behalf_of_id], is_active=True).exclude(pk=actor.pk)
    notify(
        people=people,
        kind=KIND.key,
        template="datasets/mail/lapsed",
        link=signed.revision.get_absolute_url,
        now=now,
        context={"signed": signed, "revision": signed.revision},
    )
