import pytest

from accounts.enums import OrganizationRole, PortalRole
from accounts.errors import LastAdministrator, SoleOfficial
from accounts.models import Activity, Membership, PortalAppointment
from accounts.services import appointments, memberships
from tests.factories.accounts import AppointmentFactory, MembershipFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_granting_twice_is_granting_once(person):
    organization, actor = OrganizationFactory(title_fr="Parcs"), UserFactory()

    first, second = (
        memberships.grant(user=person, organization=organization, role=OrganizationRole.EDITOR, actor=actor) for _ in range(2)
    )

    assert first == second
    row = Activity.objects.get()
    assert (row.verb, row.target_id, row.actor, row.details["title_fr"]) == ("membership.grant", str(person.pk), actor, "Parcs")


def test_a_role_granted_or_revoked_counts_at_once_for_the_same_object(person):
    organization = OrganizationFactory()
    assert not person.has_perm("accounts.see_people", organization)

    membership = memberships.grant(user=person, organization=organization, role=OrganizationRole.MEMBER, actor=None)
    assert person.has_perm("accounts.see_people", organization)

    memberships.revoke(membership=membership, actor=person)
    assert not person.has_perm("accounts.see_people", organization)


def test_revoking_twice_is_revoking_once(person):
    membership = MembershipFactory()

    for _ in range(2):
        memberships.revoke(
            membership=Membership(pk=membership.pk, user=membership.user, organization=membership.organization), actor=person
        )

    assert not Membership.objects.exists()
    assert Activity.objects.filter(verb="membership.revoke").count() == 1


def test_the_only_imso_cannot_give_the_role_up_but_an_administrator_can_end_it():
    membership = MembershipFactory(role=OrganizationRole.IMSO)
    MembershipFactory(role=OrganizationRole.IMSO, organization=membership.organization, user__is_active=False)

    with pytest.raises(SoleOfficial, match=membership.organization.title):
        memberships.revoke(membership=membership, actor=membership.user)

    memberships.revoke(membership=membership, actor=AppointmentFactory().user)
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_with_a_second_imso_one_can_go():
    membership = MembershipFactory(role=OrganizationRole.IMSO)
    MembershipFactory(role=OrganizationRole.IMSO, organization=membership.organization)

    memberships.revoke(membership=membership, actor=membership.user)

    assert Membership.objects.count() == 1


def test_the_administration_is_open_while_one_is_administrator(person):
    AppointmentFactory()
    appointment = appointments.appoint(user=person, role=PortalRole.ADMINISTRATOR, actor=None)
    person.refresh_from_db()
    assert person.is_staff

    appointments.dismiss(appointment=appointment, actor=person)
    person.refresh_from_db()
    assert not person.is_staff


@pytest.mark.parametrize("role", [PortalRole.PUBLISHER, PortalRole.MODERATOR, PortalRole.AUTHOR])
def test_other_portal_roles_open_the_administration_but_not_its_people(person, role):
    appointment = appointments.appoint(user=person, role=role, actor=None)

    person.refresh_from_db()
    assert person.is_staff
    assert not any(person.has_perm(f"accounts.{perm}") for perm in ("manage_appointments", "view_user", "change_organization"))
    appointments.dismiss(appointment=appointment, actor=person)
    person.refresh_from_db()
    assert not person.is_staff


def test_operators_keep_the_administration_when_they_are_dismissed(person):
    AppointmentFactory()
    person.is_superuser = True
    person.save()
    appointment = appointments.appoint(user=person, role=PortalRole.ADMINISTRATOR, actor=None)

    appointments.dismiss(appointment=appointment, actor=person)

    person.refresh_from_db()
    assert person.is_staff


def test_the_last_administrator_stays():
    appointment = AppointmentFactory()
    AppointmentFactory(user__is_active=False)

    with pytest.raises(LastAdministrator):
        appointments.dismiss(appointment=appointment, actor=appointment.user)

    assert PortalAppointment.objects.count() == 2


def test_dismissing_twice_is_dismissing_once(person):
    appointment = AppointmentFactory(role=PortalRole.AUTHOR)

    for _ in range(2):
        appointments.dismiss(
            appointment=PortalAppointment(pk=appointment.pk, role=appointment.role, user=appointment.user), actor=person
        )

    assert Activity.objects.filter(verb="appointment.revoke").count() == 1


def test_pages_end_roles(client):
    administrator = AppointmentFactory().user
    membership, appointment = MembershipFactory(), AppointmentFactory(role=PortalRole.AUTHOR)
    client.force_login(administrator)

    client.post(f"/en/account/roles/{membership.pk}/end/")
    client.post(f"/en/account/portal-roles/{appointment.pk}/end/")

    assert not Membership.objects.exists()
    assert list(PortalAppointment.objects.values_list("user", flat=True)) == [administrator.pk]


def test_a_refusal_is_said_on_the_next_page(client):
    appointment = AppointmentFactory()
    client.force_login(appointment.user)

    page = client.post(f"/en/account/portal-roles/{appointment.pk}/end/", follow=True)

    assert "Appoint another one first" in page.content.decode()
