import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from accounts.activity import record
from accounts.enums import OrganizationRole
from accounts.errors import SoleOfficial, StillAdministrator
from accounts.models import Activity, Invitation, Membership, User
from accounts.services import people
from opengov import periodic
from tests.factories.accounts import PASSWORD, AppointmentFactory, InvitationFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PROFILE = {"display_name": "Ada", "language": "fr", "time_zone": "America/St_Johns"}


def test_the_profile_is_saved_and_goes_on_in_the_new_language(client, person):
    client.force_login(person)

    answer = client.post("/en/account/profile/", PROFILE)

    person.refresh_from_db()
    assert (person.display_name, person.language, person.time_zone) == ("Ada", "fr", "America/St_Johns")
    assert answer.url == "/fr/compte/profil/"
    assert Activity.objects.get().details == {"fields": ["display_name", "language", "time_zone"]}


def test_saving_without_a_change_logs_nothing(client, person):
    client.force_login(person)
    same = {"display_name": person.display_name, "language": person.language, "time_zone": person.time_zone}

    assert client.post("/en/account/profile/", same).status_code == 302
    assert not Activity.objects.exists()


@pytest.mark.parametrize("name", ["Zoë Nuñez-O’Hara", "李雷", "👩🏽‍🚀 Ada ❤️", "É́tienne", "<b>Bold</b>", "'; DROP TABLE--", ""])
def test_names_of_all_kinds_are_kept_as_typed_and_shown_as_text(client, person, name):
    client.force_login(person)

    assert client.post("/en/account/profile/", PROFILE | {"display_name": name}).status_code == 302

    person.refresh_from_db()
    assert person.display_name == name
    assert b"<b>Bold" not in client.get("/en/account/activity/").content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", "a\x00b"),
        ("display_name", "evil\u202ename"),
        ("display_name", "zero\u200bwidth"),
        ("display_name", "\u0301"),
        ("display_name", "two\nlines"),
        ("display_name", "x" * 81),
        ("language", "de"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "EST5EDT"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "\x00"),
        ("time_zone", ""),
    ],
)
def test_nonsense_in_the_profile_is_refused_beside_its_field(client, person, field, value):
    client.force_login(person)

    page = client.post("/en/account/profile/", PROFILE | {field: value})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    person.refresh_from_db()
    assert person.language == "en"


def test_everything_known_of_a_person_can_be_taken_along(client, person):
    MembershipFactory(user=person)
    InvitationFactory(email=person.email.upper())
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    record("person.update", person, person)
    record("membership.grant", person, UserFactory())
    other = UserFactory(email="secret@example.org")
    record("person.update", other, other)
    client.force_login(person)

    document = client.get("/en/account/data/portal-data.json")

    data = json.loads(document.content)
    assert "attachment" in document["Content-Disposition"]
    assert {key: len(records) for key, records in data.items() if key.startswith("accounts.")} == {
        "accounts.profile": 1,
        "accounts.security": 2,
        "accounts.roles": 1,
        "accounts.invitations": 1,
        "accounts.activity": 2,
        "accounts.notifications": 0,
    }
    assert data["accounts.profile"][0]["addresses"] == [{"email": person.email, "verified": True, "primary": True}]
    for secret in ("JBSWY3DPEHPK3PXP", "secret@example.org", person.password):
        assert secret not in document.content.decode()

    archive = zipfile.ZipFile(io.BytesIO(client.get("/en/account/data/portal-data.zip").content))
    assert {name: json.loads(archive.read(name)) for name in archive.namelist()} == {f"{key}.json": data[key] for key in data}


def test_another_apps_part_is_exported_and_erased(client, person, monkeypatch):
    monkeypatch.setattr(personal_data, "_parts", dict(personal_data._parts))
    erased: list[str] = []
    part = personal_data.Part(
        "tests.hats", "Hats", lambda user: [{"hat": "bowler"}], lambda user: erased.append(user.email), remains="The hats stay."
    )
    personal_data.register(part)
    _log_in(client, person)

    assert json.loads(client.get("/en/account/data/portal-data.json").content)["tests.hats"] == [{"hat": "bowler"}]
    assert "The hats stay." in client.get("/en/account/delete/").content.decode()
    people.delete_account(user=person)
    assert erased == [person.email]


def _log_in(client, person):
    """With the password, and again to be allowed what is delicate."""
    client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/en/account/confirm-access/", {"password": PASSWORD})


def test_leaving_asks_for_the_password_again(client, person):
    client.force_login(person)

    for answer in (client.get("/en/account/delete/"), client.post("/en/account/delete/", {"email": person.email})):
        assert answer.url.startswith("/en/account/confirm-access/?next=")

    assert User.objects.filter(pk=person.pk).exists()


def test_leaving_wants_the_address_typed(client, person):
    _log_in(client, person)

    page = client.post("/en/account/delete/", {"email": "other@example.org"})

    assert page.status_code == 422
    assert User.objects.filter(pk=person.pk).exists()


def test_who_leaves_takes_all_traces_along_and_the_log_stays(client, posted, person):
    name, address, colleague = person.display_name, person.email, UserFactory()
    MembershipFactory(user=person)
    invitation = InvitationFactory(email=address)
    record("invitation.send", invitation, colleague)
    record("membership.grant", person, colleague)
    record("dataset.publish", colleague, person)
    _log_in(client, person)

    answer = posted("/en/account/delete/", {"email": address.upper()})

    assert answer.url == reverse("accounts:account-deleted")
    assert client.get(answer.url).status_code == 200
    assert client.get("/en/account/profile/").status_code == 302
    assert not User.objects.filter(pk=person.pk).exists()
    assert not EmailAddress.objects.filter(email=address).exists()
    assert not Membership.objects.exists()
    assert not Invitation.objects.exists()
    log = str(list(Activity.objects.values("verb", "target_label", "actor", "details", "note")))
    assert name not in log
    assert address not in log
    assert Activity.objects.get(verb="dataset.publish").actor is None
    assert Activity.objects.filter(verb="person.delete").count() == 1
    assert mail.outbox[-1].to == [address]


def test_the_only_imso_cannot_leave(client, person):
    membership = MembershipFactory(user=person, role=OrganizationRole.IMSO)
    _log_in(client, person)

    page = client.post("/en/account/delete/", {"email": person.email})

    assert page.status_code == 409
    assert membership.organization.title in page.content.decode()
    with pytest.raises(SoleOfficial):
        people.delete_account(user=person)
    MembershipFactory(organization=membership.organization, role=OrganizationRole.IMSO)
    people.delete_account(user=person)


@pytest.mark.parametrize("flags", [{}, {"is_superuser": True}])
def test_an_administrator_is_dismissed_before_leaving(flags):
    administrator = UserFactory(**flags) if flags else AppointmentFactory().user

    with pytest.raises(StillAdministrator):
        people.delete_account(user=administrator)

    assert User.objects.filter(pk=administrator.pk).exists()


def test_without_a_password_leaving_is_still_possible(client, person):
    person.set_unusable_password()
    person.save()
    client.force_login(person)

    assert client.post("/en/account/delete/", {"email": person.email}).status_code == 302
    assert not User.objects.filter(pk=person.pk).exists()


def test_the_security_page_shows_each_way_of_signing_in(client, person):
    client.force_login(person)
    before = client.get("/en/account/security/").content.decode()
    assert "Set up an authenticator app" in before
    assert person.email in before

    TOTP.activate(person, "JBSWY3DPEHPK3PXP")

    assert "Turn it off" in client.get("/en/account/security/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_roles_asks_the_same_queries(client, person, count, django_assert_num_queries):
    MembershipFactory.create_batch(count, user=person)
    client.force_login(person)

    with django_assert_num_queries(8):
        client.get("/en/account/roles/")


def test_sign_ups_that_nobody_confirmed_are_forgotten_after_a_week(client, person):
    now = timezone.now()
    old = {"date_joined": now - timedelta(days=8)}
    forgotten = UserFactory(**old, email="typo@example.org", display_name="", address__verified=False)
    record("person.join", forgotten, forgotten)
    kept = [
        UserFactory(**old),
        UserFactory(**old, address=None, is_superuser=True),
        UserFactory(**old, address__verified=False, last_login=now),
        UserFactory(date_joined=now - timedelta(days=6), address__verified=False),
    ]

    assert people.forget_unconfirmed(now=now) == 1

    assert set(User.objects.all()) == {person, *kept}
    assert "typo" not in str(list(Activity.objects.values()))


def test_tidying_runs_every_day_and_drops_sessions_that_are_over(client, person):
    client.force_login(person)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))

    assert "accounts.tasks.tidy_accounts" not in periodic.run(periodic.Rhythm.DAILY)

    assert not Session.objects.exists()
