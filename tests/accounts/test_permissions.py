from dataclasses import dataclass

import pytest
from django.test import Client

from accounts import entrance_urls, providers, urls
from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Delegation, Invitation, Membership, Organization, PortalAppointment
from accounts.services.notifications import token
from tests.factories.accounts import (
    AppointmentFactory,
    DelegationFactory,
    InvitationFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.permission_matrix import answers, names, read

pytestmark = pytest.mark.django_db

# `imso` and `member` belong to the organization asked about, `stranger` is the IMSO of another one; `publisher` stands for the
# portal roles that bring no right here.
OURS = read("""
                                          anonymous person member imso stranger publisher administrator operator
    accounts:profile-edit                 login     200    200    200  200      200       200           200
    accounts:security-detail              login     200    200    200  200      200       200           200
    accounts:notification-list            login     200    200    200  200      200       200           200
    accounts:notification-read            405       405    405    405  405      405       405           405
    POST accounts:notification-read       login     302    302    302  302      302       302           302
    accounts:notification-read-all        405       405    405    405  405      405       405           405
    POST accounts:notification-read-all   login     302    302    302  302      302       302           302
    accounts:notification-edit            login     200    200    200  200      200       200           200
    accounts:notification-stop            200       200    200    200  200      200       200           200
    POST accounts:notification-stop       200       200    200    200  200      200       200           200
    accounts:membership-list              login     200    200    200  200      200       200           200
    accounts:own-activity-list            login     200    200    200  200      200       200           200
    accounts:data-detail                  login     200    200    200  200      200       200           200
    accounts:data-json                    login     200    200    200  200      200       200           200
    accounts:data-zip                     login     200    200    200  200      200       200           200
    accounts:account-delete               login     200    200    409  409      200       409           409
    accounts:account-deleted              200       200    200    200  200      200       200           200
    accounts:member-list                  login     404    200    200  404      404       200           200
    POST accounts:member-list             login     404    404    422  404      404       422           422
    accounts:delegation-list              login     404    404    200  404      404       404           200
    POST accounts:delegation-list         login     404    404    422  404      404       404           422
    POST accounts:delegation-revoke       login     404    404    302  404      404       404           302
    GET accounts:delegation-revoke        405       405    405    405  405      405       405           405
    POST accounts:membership-revoke       login     404    404    302  404      404       302           302
    GET accounts:membership-revoke        405       405    405    405  405      405       405           405
    POST accounts:invitation-resend       login     404    404    302  404      404       302           302
    POST accounts:invitation-revoke       login     404    404    302  404      404       302           302
    accounts:invitation-accept            200       403    403    403  403      403       403           403
    accounts:appointment-list             login     404    404    404  404      404       200           200
    POST accounts:appointment-list        login     404    404    404  404      404       422           422
    POST accounts:appointment-revoke      login     404    404    404  404      404       302           302
    accounts:activity-list                login     404    404    404  404      404       200           200
""")
# allauth's pages. 302 leads on to where this person has something to do, 403 and 404 are what there is nothing of to confirm or
# to see. The person has no password: who has one confirms it before what is delicate (`test_people.py`).
ALLAUTHS = read("""
                                          anonymous person
    account_login                         200       302
    account_request_login_code            200       302
    account_confirm_login_code            302       302
    mfa_authenticate                      login     302
    mfa_login_webauthn                    login     302
    account_signup                        200       302
    account_logout                        302       200
    account_inactive                      200       200
    account_email                         login     200
    account_email_verification_sent       login     302
    account_reauthenticate                login     403
    mfa_reauthenticate                    login     403
    mfa_reauthenticate_webauthn           login     403
    account_change_password               login     302
    account_set_password                  login     200
    account_reset_password                200       200
    account_confirm_password_reset_code   login     login
    account_complete_password_reset       302       302
    account_password_reset_completed      200       200
    mfa_index                             login     200
    mfa_activate_totp                     login     200
    mfa_deactivate_totp                   login     404
    mfa_view_recovery_codes               login     404
    mfa_generate_recovery_codes           login     200
    mfa_download_recovery_codes           login     404
    mfa_list_webauthn                     login     200
    mfa_add_webauthn                      login     200
    mfa_edit_webauthn                     login     404
    mfa_remove_webauthn                   login     404
    socialaccount_connections             login     200
    socialaccount_signup                  login     login
    socialaccount_login_cancelled         200       200
    socialaccount_login_error             401       401
    github_login                          404       404
    github_callback                       404       404
    openid_connect_login                  404       404
    openid_connect_callback               404       404
""")


@dataclass(frozen=True)
class World:
    """An organization with somebody else's membership and an invitation, and a person with a portal role."""

    organization: Organization
    membership: Membership
    invitation: Invitation
    appointment: PortalAppointment
    delegation: Delegation

    def arguments(self, name):
        return {
            "accounts:member-list": [self.organization.name],
            "accounts:delegation-list": [self.organization.name],
            "accounts:delegation-revoke": [self.delegation.pk],
            "accounts:membership-revoke": [self.membership.pk],
            "accounts:invitation-resend": [self.invitation.pk],
            "accounts:invitation-revoke": [self.invitation.pk],
            "accounts:invitation-accept": ["token"],
            "accounts:notification-read": [1],
            "accounts:notification-stop": [token(self.membership.user, "datasets.turns")],
            "accounts:appointment-revoke": [self.appointment.pk],
            "mfa_edit_webauthn": [1],
            "mfa_remove_webauthn": [1],
            "openid_connect_login": ["nobody"],
            "openid_connect_callback": ["nobody"],
        }.get(name, [])


@pytest.fixture
def world():
    organization = OrganizationFactory()
    return World(
        organization,
        MembershipFactory(organization=organization),
        InvitationFactory(organization=organization, token="token"),
        AppointmentFactory(role=PortalRole.AUTHOR),
        DelegationFactory(organization=organization, roles=False),
    )


@pytest.fixture
def clients(world):
    people = {
        "person": UserFactory(),
        "member": MembershipFactory(organization=world.organization).user,
        "imso": MembershipFactory(organization=world.organization, role=OrganizationRole.IMSO).user,
        "stranger": MembershipFactory(role=OrganizationRole.IMSO).user,
        "publisher": AppointmentFactory(role=PortalRole.PUBLISHER, user__is_staff=False).user,
        "administrator": AppointmentFactory().user,
        "operator": UserFactory(is_superuser=True, is_staff=True),
    }
    clients = {"anonymous": Client()} | {role: Client() for role in people}
    for role, user in people.items():
        user.set_unusable_password()  # nothing to confirm again: the page itself answers
        user.save()
        clients[role].force_login(user)
    return clients


@pytest.mark.parametrize("row", OURS + ALLAUTHS, ids=str)
def test_each_role_gets_what_the_matrix_says(row, clients, world):
    assert answers(row, clients, world.arguments(row.name)) == row.expected


def test_every_address_has_a_row():
    ours = set(names(urls.urlpatterns, urls.app_name))
    allauths = set(names(entrance_urls.urlpatterns)) | set(names(providers.urlpatterns))

    assert {row.name for row in OURS} == ours
    assert {row.name for row in ALLAUTHS} == allauths


def test_people_end_their_own_roles_and_nobody_elses(world, client):
    own = MembershipFactory(organization=world.organization)
    client.force_login(own.user)

    assert client.post(f"/en/account/roles/{world.membership.pk}/end/").status_code == 404
    assert client.post(f"/en/account/roles/{own.pk}/end/").url == "/en/account/roles/"
    assert list(Membership.objects.filter(organization=world.organization)) == [world.membership]


def test_an_imso_cannot_reach_invitations_to_portal_roles(client):
    invitation = InvitationFactory(organization=None, role=PortalRole.AUTHOR)
    client.force_login(MembershipFactory(role=OrganizationRole.IMSO).user)

    assert client.post(f"/en/account/invitations/{invitation.pk}/withdraw/").status_code == 404
