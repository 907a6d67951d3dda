import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import InvitationState, OrganizationRole, PortalRole
from accounts.errors import AlreadyHolds, AlreadyInvited, InvitationExpired, InvitationRevoked, InvitationUsed, WrongAccount
from accounts.models import Activity, Invitation, Membership
from accounts.models.people import hash_of_token
from accounts.services import invitations
from tests.factories.accounts import (
    PASSWORD,
    AppointmentFactory,
    EmailAddressFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def official():
    return MembershipFactory(role=OrganizationRole.IMSO, organization__title_fr="Pêches et Océans")


@pytest.fixture
def send(official, django_capture_on_commit_callbacks):
    def send(**changes):
        details = {"email": "new@example.org", "organization": official.organization, "role": "editor", "language": "en"}
        with django_capture_on_commit_callbacks(execute=True):
            return invitations.invite(**details | {"actor": official.user, "now": NOW} | changes)

    return send


def _path_in_mail():
    return urlsplit(re.search(r"http\S+/invitation/\S+", mail.outbox[-1].body)[0]).path


def _token_in_mail():
    return _path_in_mail().rstrip("/").rpartition("/")[2]


def test_an_invitation_is_mailed_in_the_language_asked_for_and_only_its_hash_is_kept(send, official):
    invitation = send(language="fr")

    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    assert "Pêches et Océans" in message.subject
    assert _path_in_mail().startswith("/fr/compte/invitation/")
    assert invitation.token_hash == hash_of_token(_token_in_mail())
    assert _token_in_mail() not in str(Invitation.objects.values())
    assert invitation.expires_at == NOW + timedelta(days=7)
    assert Activity.objects.get().actor == official.user


def test_accepting_gives_the_role_once(send, official):
    send()
    guest = UserFactory(email="new@example.org")
    assert not guest.has_perm("accounts.see_people", official.organization)

    for _ in range(2):
        invitations.accept(token=_token_in_mail(), user=guest, now=NOW)

    membership = Membership.objects.get(user=guest)
    assert (membership.organization, membership.role, membership.granted_by) == (official.organization, "editor", official.user)
    assert guest.has_perm("accounts.see_people", official.organization)
    assert Activity.objects.filter(verb="invitation.accept").count() == 1
    assert Activity.objects.filter(verb="membership.grant").count() == 1


def test_an_invitation_to_administrate_opens_the_administration():
    invitation = InvitationFactory(organization=None, role=PortalRole.ADMINISTRATOR, email="new@example.org", token="t")
    guest = UserFactory(email="new@example.org")

    invitations.accept(token="t", user=guest, now=invitation.created_at)

    guest.refresh_from_db()
    assert guest.is_staff
    assert not guest.is_superuser


@pytest.mark.parametrize("address", ["NEW@Example.org", "new@EXAMPLE.ORG"])
def test_the_address_counts_however_it_is_written(send, address):
    send(email=address)

    invitations.accept(token=_token_in_mail(), user=UserFactory(email="new@example.org"), now=NOW)

    assert Membership.objects.filter(user__email="new@example.org").exists()


@pytest.mark.parametrize("address", ["other@example.org", "new@example.com", "new+x@example.org", "ne.w@example.org"])
def test_another_address_cannot_accept(send, address):
    send()
    guest = UserFactory(email=address)

    with pytest.raises(WrongAccount):
        invitations.accept(token=_token_in_mail(), user=guest, now=NOW)

    assert not Membership.objects.filter(user=guest).exists()


def test_an_address_that_was_never_confirmed_does_not_count(send):
    send()
    guest = UserFactory(email="new@example.org", address__verified=False)

    with pytest.raises(WrongAccount):
        invitations.accept(token=_token_in_mail(), user=guest, now=NOW)


def test_a_second_confirmed_address_of_the_account_counts(send):
    send()
    guest = UserFactory(email="private@example.org")
    EmailAddressFactory(user=guest, email="new@example.org", primary=False)

    assert invitations.accept(token=_token_in_mail(), user=guest, now=NOW).accepted_by == guest


@pytest.mark.parametrize(
    ("changes", "later", "refusal", "state"),
    [
        ({}, timedelta(days=7), InvitationExpired, InvitationState.EXPIRED),
        ({"revoked_at": NOW}, timedelta(), InvitationRevoked, InvitationState.REVOKED),
        ({"accepted_at": NOW}, timedelta(), InvitationUsed, InvitationState.ACCEPTED),
    ],
)
def test_what_is_over_cannot_be_accepted(changes, later, refusal, state):
    invitation = InvitationFactory(email="new@example.org", expires_at=NOW + timedelta(days=7), token="t", **changes)
    guest = UserFactory(email="new@example.org")

    with pytest.raises(refusal):
        invitations.accept(token="t", user=guest, now=NOW + later)

    assert invitation.state_at(NOW + later) == state
    assert not Membership.objects.exists()


def test_an_invitation_is_good_to_its_last_second():
    InvitationFactory(email="new@example.org", expires_at=NOW, token="t")

    invitations.accept(token="t", user=UserFactory(email="new@example.org"), now=NOW - timedelta(seconds=1))

    assert Membership.objects.exists()


@pytest.mark.parametrize("token", ["", "no such token", "\x00", "é" * 5000])
def test_an_unknown_token_is_nothing(person, token):
    with pytest.raises(Invitation.DoesNotExist):
        invitations.accept(token=token, user=person, now=NOW)


def test_sending_again_kills_the_old_link_and_gives_seven_more_days(send, official, django_capture_on_commit_callbacks):
    invitation = send()
    old = _token_in_mail()
    later = NOW + timedelta(days=30)

    with django_capture_on_commit_callbacks(execute=True):
        invitation = invitations.resend(invitation=invitation, actor=official.user, now=later)

    assert len(mail.outbox) == 2
    assert invitation.expires_at == later + timedelta(days=7)
    guest = UserFactory(email="new@example.org")
    with pytest.raises(Invitation.DoesNotExist):
        invitations.accept(token=old, user=guest, now=later)
    invitations.accept(token=_token_in_mail(), user=guest, now=later)
    with pytest.raises(InvitationUsed):
        invitations.resend(invitation=invitation, actor=official.user, now=later)


def test_withdrawing_twice_is_withdrawing_once(send, official):
    invitation = send()

    for _ in range(2):
        invitations.revoke(invitation=invitation, actor=official.user, now=NOW)

    assert Activity.objects.filter(verb="invitation.revoke").count() == 1
    with pytest.raises(InvitationRevoked):
        invitations.resend(invitation=invitation, actor=official.user, now=NOW)
    send()  # and a new one can go out


def test_a_used_invitation_cannot_be_withdrawn(official):
    invitation = InvitationFactory(accepted_at=NOW)

    with pytest.raises(InvitationUsed):
        invitations.revoke(invitation=invitation, actor=official.user, now=NOW)


@pytest.mark.parametrize("again", ["new@example.org", "NEW@EXAMPLE.ORG", "new@Example.Org"])
def test_one_invitation_to_a_role_at_a_time(send, again):
    send()

    with pytest.raises(AlreadyInvited):
        send(email=again)

    send(email=again, role="reviewer")
    assert len(mail.outbox) == 2


def test_the_database_holds_one_invitation_at_a_time_too(send, official, monkeypatch):
    send()
    monkeypatch.setattr(invitations, "canonical", lambda address: object())  # as if the other had come in between

    with pytest.raises(AlreadyInvited):
        send()

    assert Invitation.objects.count() == 1


def test_who_holds_the_role_is_not_invited_to_it(send, official):
    MembershipFactory(organization=official.organization, role="editor", user__email="new@example.org")

    with pytest.raises(AlreadyHolds):
        send()

    assert mail.outbox == []


@pytest.mark.parametrize(
    "changes",
    [{"email": "no address"}, {"email": "a\x00@example.org"}, {"role": "king"}, {"role": "publisher"}, {"language": "de"}],
)
def test_nonsense_is_refused_and_nothing_is_sent(send, changes):
    with pytest.raises(ValidationError):
        send(**changes)

    assert mail.outbox == []
    assert not Invitation.objects.exists()


def test_without_an_account_one_signs_up_and_comes_back(client, send, posted, mailed_code):
    send()
    path = _path_in_mail()
    page = client.get(path)
    signup = re.search(r'href="(/en/account/signup/[^"]+)"', page.content.decode())[1]

    waiting = posted(signup, {"email": "new@example.org", "password1": PASSWORD, "next": path})
    confirmed = posted(waiting.url, {"code": mailed_code()})
    assert confirmed.url == path

    accepted = client.post(path)
    assert accepted.url == reverse("accounts:membership-list")
    assert Membership.objects.get(user__email="new@example.org").role == "editor"


def test_with_the_wrong_account_one_is_told_and_can_change_accounts(client, send, person):
    send()
    client.force_login(person)

    for answer in (client.get(_path_in_mail()), client.post(_path_in_mail())):
        assert answer.status_code == 403
        assert "Sign in with another account" in answer.content.decode()

    assert not Membership.objects.filter(user=person).exists()


@pytest.mark.parametrize("changes", [{"expires_at": NOW - timedelta(days=400)}, {"revoked_at": NOW}, {"accepted_at": NOW}])
def test_a_link_that_is_over_says_why(client, changes):
    InvitationFactory(token="t", **changes)

    answer = client.get("/en/account/invitation/t/")

    assert answer.status_code == 410
    assert 'role="alert"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_looking_at_an_invitation_does_not_accept_it(client, send):
    send()
    client.force_login(UserFactory(email="new@example.org"))

    assert client.get(_path_in_mail()).status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_a_post_without_an_account_accepts_nothing(client, send):
    send()

    assert client.post(_path_in_mail()).status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_the_form_invites_and_says_what_is_wrong(client, official, posted):
    client.force_login(official.user)
    address = reverse("accounts:member-list", args=[official.organization.name])

    wrong = posted(address, {"email": "nobody", "role": "king", "language": "en"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"email", "role"}

    right = {"email": "new@example.org", "role": "reviewer", "language": "fr"}
    assert posted(address, right).status_code == 302
    again = posted(address, right)
    assert again.status_code == 422
    assert "on its way" in again.context["form"].errors["email"][0]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_queries_however_many_people(client, official, count, django_assert_num_queries):
    MembershipFactory.create_batch(count, organization=official.organization)
    InvitationFactory.create_batch(count, organization=official.organization)
    client.force_login(official.user)

    with django_assert_num_queries(8):
        page = client.get(reverse("accounts:member-list", args=[official.organization.name]))

    assert len(page.context["people"]) == count + 1
    assert len(page.context["invitations"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_portal_roles_asks_the_same_queries(client, count, django_assert_num_queries):
    administrator = AppointmentFactory().user
    AppointmentFactory.create_batch(count, role=PortalRole.PUBLISHER)
    InvitationFactory.create_batch(count, organization=None, role=PortalRole.AUTHOR)
    client.force_login(administrator)

    with django_assert_num_queries(7):
        page = client.get(reverse("accounts:appointment-list"))

    assert len(page.context["people"]) == count + 1
