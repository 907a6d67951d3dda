"""What only a database with real parallel connections can show."""

import pytest
from django.utils import timezone

from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Activity, Invitation, Membership, PortalAppointment
from accounts.services import appointments, invitations, memberships, people
from tests.factories.accounts import AppointmentFactory, InvitationFactory, MembershipFactory, OrganizationFactory, UserFactory
from tests.parallel import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

THREADS = 8


def test_one_invitation_accepted_many_times_at_once_gives_one_membership():
    InvitationFactory(email="new@example.org", token="t")
    guest = UserFactory(email="new@example.org")

    results = at_once(*[lambda: invitations.accept(token="t", user=guest, now=timezone.now())] * THREADS)

    assert {type(result) for result in results} == {Invitation}
    assert Membership.objects.filter(user=guest).count() == 1
    assert Activity.objects.filter(verb="invitation.accept").count() == 1
    assert Activity.objects.filter(verb="membership.grant").count() == 1


def test_two_people_who_own_the_address_cannot_both_accept():
    """Two accounts can only both own an address by two spellings of one mailbox."""
    InvitationFactory(email="first.last@gmail.com", token="t")
    guests = [UserFactory(email="firstlast@gmail.com"), UserFactory(email="first.last@googlemail.com")]

    at_once(*[lambda guest=guest: invitations.accept(token="t", user=guest, now=timezone.now()) for guest in guests])

    assert Membership.objects.count() == 1


def test_inviting_one_person_many_times_at_once_sends_one_invitation():
    organization, actor = OrganizationFactory(), UserFactory()
    details = {"email": "new@example.org", "organization": organization, "role": "editor", "language": "en", "actor": actor}

    results = at_once(*[lambda: invitations.invite(**details, now=timezone.now())] * THREADS)

    assert sum(isinstance(result, Invitation) for result in results) == 1
    assert Invitation.objects.count() == 1


def test_two_imsos_giving_up_at_once_leave_one():
    first = MembershipFactory(role=OrganizationRole.IMSO)
    second = MembershipFactory(role=OrganizationRole.IMSO, organization=first.organization)

    at_once(*[lambda row=row: memberships.revoke(membership=row, actor=row.user) for row in (first, second)])

    assert Membership.objects.count() == 1


def test_two_imsos_leaving_the_portal_at_once_leave_one():
    first = MembershipFactory(role=OrganizationRole.IMSO)
    second = MembershipFactory(role=OrganizationRole.IMSO, organization=first.organization)

    at_once(*[lambda user=row.user: people.delete_account(user=user) for row in (first, second)])

    assert Membership.objects.count() == 1


def test_two_administrators_dismissing_each_other_at_once_leave_one():
    first, second = AppointmentFactory(), AppointmentFactory()

    at_once(
        lambda: appointments.dismiss(appointment=second, actor=first.user),
        lambda: appointments.dismiss(appointment=first, actor=second.user),
    )

    assert PortalAppointment.objects.filter(role=PortalRole.ADMINISTRATOR).count() == 1
