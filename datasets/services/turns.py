"""Tell people by mail that something waits for them."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Delegation, User
from opengov.mail import send_mail_to

from ..enums import RevisionState
from ..models import Revision


def whose(revision: Revision) -> Q:
    """The people whose turn it is; nobody where the revision has ended."""
    organization = revision.dataset.owner_org_id
    if revision.state == RevisionState.REVIEW:
        return Q(memberships__role=OrganizationRole.REVIEWER, memberships__organization=organization)
    if revision.state == RevisionState.SIGN_OFF:
        delegations = Delegation.objects.in_force(timezone.localdate()).filter(organization=organization)
        officials = Q(memberships__role=OrganizationRole.IMSO, memberships__organization=organization)
        return officials | Q(pk__in=delegations.values("delegate"))
    if revision.state == RevisionState.RELEASE:
        return Q(appointments__role=PortalRole.PUBLISHER)
    if revision.state == RevisionState.EDITING:
        return Q(pk__in=revision.writers.values("pk"))
    return Q(pk__in=[])


def tell(revision: Revision, *, actor: User | None, note: str) -> None:
    """Mail them, each in their language; not the one who made the move."""
    people = User.objects.filter(whose(revision), is_active=True).distinct()
    for person in people.exclude(pk=actor.pk) if actor else people:
        with translation.override(person.language):
            address = settings.SITE_URL + reverse("datasets:revision-detail", args=[revision.pk])
        context = {"revision": revision, "actor": actor, "note": note, "address": address}
        send_mail_to(user_or_address=person, language=person.language, template="datasets/mail/turn", context=context)
