from datetime import UTC, datetime

import pytest
from allauth.account import urls as account_urls
from allauth.account.models import EmailAddress
from allauth.mfa import urls as mfa_urls
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount import urls as social_urls
from django.core import mail
from django.urls import URLResolver, reverse
from django.utils import translation

from accounts import entrance_urls
from accounts.activity import record
from accounts.models import Activity, User
from tests.factories.accounts import PASSWORD, AppointmentFactory, UserFactory

pytestmark = pytest.mark.django_db


def _names(patterns):
    for pattern in patterns:
        yield from _names(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern.name]


def test_every_page_of_allauth_has_an_address_in_both_languages():
    theirs = {name for module in (account_urls, mfa_urls, social_urls) for name in _names(module.urlpatterns)}

    assert set(_names(entrance_urls.urlpatterns)) == theirs
    for name in theirs:
        arguments = [1] if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else []
        english = reverse(name, args=arguments)
        with translation.override("fr"):
            french = reverse(name, args=arguments)
        assert english.startswith("/en/account/")
        assert french.startswith("/fr/compte/")


@pytest.mark.parametrize(("language", "address"), [("en", "/en/account/signup/"), ("fr", "/fr/compte/inscription/")])
def test_signing_up_is_confirmed_by_a_mailed_code_in_the_language_of_the_page(client, posted, mailed_code, language, address):
    waiting = posted(address, {"email": "New.Person@example.org", "password1": PASSWORD})
    assert waiting.status_code == 302
    assert not EmailAddress.objects.filter(verified=True).exists()
    (message,) = mail.outbox
    assert message.to == ["new.person@example.org"]
    assert "example.com" not in message.body

    confirmed = posted(waiting.url, {"code": mailed_code()})

    person = User.objects.get()
    assert (person.email, person.language) == ("new.person@example.org", language)
    assert EmailAddress.objects.get().verified
    with translation.override(language):
        assert confirmed.url == reverse("accounts:profile-edit")
    assert list(Activity.objects.values_list("verb", "actor")) == [("person.join", person.pk)]


def test_mails_speak_the_readers_language_whatever_page_asks_for_them(posted, mailed_code):
    UserFactory(email="lectrice@example.org", language="fr")

    posted("/en/account/login/code/", {"email": "lectrice@example.org"})

    with translation.override("fr"):
        assert mail.outbox[0].subject == translation.gettext("Sign-In Code")
    assert mail.outbox[0].subject != "Sign-In Code"


def test_logging_in_with_a_mailed_code(client, posted, mailed_code, person):
    waiting = posted("/en/account/login/code/", {"email": person.email})

    posted(waiting.url, {"code": mailed_code()})

    assert client.get("/en/account/profile/").status_code == 200


def test_a_wrong_code_logs_nobody_in(client, posted, person):
    waiting = posted("/en/account/login/code/", {"email": person.email})

    page = posted(waiting.url, {"code": "AAAAAA"})

    assert page.context["form"].errors
    assert client.get("/en/account/profile/").status_code == 302


def test_signing_up_with_a_taken_address_looks_the_same_and_warns_its_owner(posted, person):
    answer = posted("/en/account/signup/", {"email": person.email, "password1": PASSWORD})

    assert answer.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert mail.outbox[0].to == [person.email]
    assert mail.outbox[0].subject == "Account Already Exists"


def test_resetting_the_password_by_code(client, posted, mailed_code, person):
    waiting = posted("/en/account/reset-password/", {"email": person.email})
    chosen = posted(waiting.url, {"code": mailed_code()})
    posted(chosen.url, {"password1": "another horse, another staple", "password2": "another horse, another staple"})

    person.refresh_from_db()
    assert person.check_password("another horse, another staple")
    assert Activity.objects.filter(verb="security.password_reset", actor=person).exists()
    assert mail.outbox[-1].subject == "Password Reset"


def test_an_error_is_summed_up_beside_its_field(client):
    page = client.post("/en/account/login/", {"login": "nobody", "password": ""}).content.decode()

    assert 'role="alert"' in page
    assert 'href="#id_login"' in page
    assert 'aria-invalid="true"' in page
    assert 'autocomplete="current-password"' in page


def test_too_many_attempts_meet_the_portals_own_429_page(client, person):
    answers = [client.post("/en/account/login/", {"login": person.email, "password": "wrong"}) for _ in range(31)]

    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "OpenGov Portal" in answers[-1].content.decode()


def _knock_from_31_forwarded_addresses(client):
    form = {"login": "somebody@example.org", "password": "wrong"}
    addresses = [{"X-Forwarded-For": f"10.0.0.{number}"} for number in range(31)]
    return [client.post("/en/account/login/", form, headers=headers).status_code for headers in addresses]


def test_a_forged_forwarded_address_does_not_escape_the_limits(client, person):
    answers = [
        client.post(
            "/en/account/login/", {"login": f"{n}@example.org", "password": "x"}, headers={"X-Forwarded-For": f"10.0.0.{n}"}
        )
        for n in range(31)
    ]

    assert answers[-1].status_code == 429


def test_behind_trusted_proxies_people_have_limits_of_their_own(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [
        client.post(
            "/en/account/login/", {"login": f"{n}@example.org", "password": "x"}, headers={"X-Forwarded-For": f"10.0.0.{n}"}
        )
        for n in range(31)
    ]

    assert {answer.status_code for answer in answers} == {200}


def test_secrets_of_authenticator_apps_rest_encrypted(person, settings):
    factor = TOTP.activate(person, "JBSWY3DPEHPK3PXP")

    assert "JBSWY3DPEHPK3PXP" not in str(factor.instance.data)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key"
    stored = Authenticator.objects.get(pk=factor.instance.pk)
    assert get_adapter().decrypt(stored.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_the_administration_sends_people_to_the_portals_own_sign_in(client):
    assert client.get("/en/admin/login/?next=/en/admin/").url == "/en/account/login/?next=%2Fen%2Fadmin%2F"


def test_the_administration_can_ask_for_a_second_factor(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    administrator = AppointmentFactory().user
    client.force_login(administrator)

    assert client.get("/en/admin/").url == reverse("mfa_index")

    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
    assert client.get("/en/admin/").status_code == 200


def test_administrators_reach_models_of_all_apps_without_being_superusers(client):
    administrator = AppointmentFactory().user

    assert administrator.has_perms(["accounts.change_organization", "datasets.delete_dataset", "datasets.view_term"])
    assert not UserFactory().has_perm("accounts.view_organization")
    administrator.is_active = False
    assert not administrator.has_perm("accounts.view_organization")


def test_times_are_shown_in_the_persons_zone(client, person):
    person.time_zone = "Pacific/Auckland"
    person.save()
    client.force_login(person)
    record("person.update", person, person, now=datetime(2026, 7, 1, 12, 0, tzinfo=UTC))

    assert "July 2, 2026, 12:00 a.m." in client.get("/en/account/activity/").content.decode()


def test_the_pages_of_signing_in_remember_their_language_and_others_do_not(client, person):
    assert client.get("/fr/compte/connexion/").cookies["django_language"].value == "fr"
    client.cookies.clear()
    client.force_login(person)
    assert "django_language" not in client.get("/fr/compte/profil/").cookies
