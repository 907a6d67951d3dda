"""A person's whole stay: in by a mailed code, secured by a passkey and an app, through both languages, out with their data."""

import json
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse
from django.utils import translation

from accounts.enums import OrganizationRole
from accounts.models import User
from tests.factories.accounts import (
    PASSWORD,
    AppointmentFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.browser

ADDRESS = "ada@example.org"


def address_of(name, language, *arguments):
    with translation.override(language):
        return reverse(name, args=arguments)


def mailed_code():
    return re.search(r"^[A-Z0-9-]{6,12}$", mail.outbox[-1].body, re.MULTILINE)[0]


def submit(visitor, **fields):
    """Fill in fields by name and send their form."""
    for name, value in fields.items():
        visitor.page.locator(f"main [name={name}]:visible").fill(value)
    form = visitor.page.locator("main form", has=visitor.page.locator(f"[name={next(iter(fields))}]"))
    form.locator("button:not([form]):visible").first.click()


def log_in(visitor, language, email=ADDRESS):
    visitor.open(address_of("account_login", language))
    submit(visitor, login=email, password=PASSWORD)
    visitor.page.wait_for_url(f"**{address_of('accounts:profile-edit', language)}")


def confirm_access(visitor, language):
    """Where the portal asks again for the password, give it."""
    if visitor.path == address_of("account_reauthenticate", language):
        submit(visitor, password=PASSWORD)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "no-script"])
def test_signing_up_and_in_with_mailed_codes(new_visitor, language, java_script_enabled):
    visitor = new_visitor(java_script_enabled=java_script_enabled)
    visitor.open(address_of("account_signup", language))
    visitor.check()
    submit(visitor, email=ADDRESS, password1="1234")
    visitor.check()
    assert visitor.page.get_by_role("alert").get_by_role("link").first.get_attribute("href") == "#id_password1"
    submit(visitor, password1=PASSWORD)
    visitor.check()
    submit(visitor, code=mailed_code())
    assert visitor.path == address_of("accounts:profile-edit", language)
    assert User.objects.get(email=ADDRESS).language == language

    visitor.page.locator(".account-nav form button").click()
    visitor.open(address_of("account_request_login_code", language))
    visitor.check()
    submit(visitor, email=ADDRESS)
    submit(visitor, code=mailed_code())
    assert visitor.path == address_of("accounts:profile-edit", language)
    visitor.check()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_passkey_signs_in(visitor, language):
    UserFactory(email=ADDRESS, language=language)
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    log_in(visitor, language)

    visitor.open(address_of("mfa_add_webauthn", language))
    confirm_access(visitor, language)
    visitor.check()
    visitor.page.locator("[name=passwordless]").check()
    visitor.page.locator("#mfa_webauthn_add").click()
    visitor.page.wait_for_url(lambda url: "webauthn" not in url and not url.endswith(address_of("mfa_add_webauthn", language)))
    visitor.check()  # the recovery codes that come with the first factor
    visitor.open(address_of("mfa_list_webauthn", language))
    visitor.check()
    visitor.page.locator(".account-nav form button").click()

    visitor.open(address_of("account_login", language))
    visitor.page.locator("#passkey_login").click()
    visitor.page.wait_for_url(f"**{address_of('accounts:profile-edit', language)}")


def test_a_passkey_that_fails_says_so(visitor):
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {"protocol": "ctap2", "transport": "usb"}})
    visitor.open(address_of("account_login", "en"))
    visitor.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }")

    visitor.page.locator("#passkey_login").click()

    visitor.page.get_by_role("alert").wait_for()
    visitor.check()


def test_without_script_passkeys_are_not_offered(new_visitor):
    visitor = new_visitor(java_script_enabled=False)
    visitor.open(address_of("account_login", "en"))

    assert not visitor.page.locator("#passkey_login").is_visible()
    assert visitor.page.locator(".only-without-script").is_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_authenticator_app_guards_the_account(new_visitor, language):
    visitor = new_visitor(java_script_enabled=False)
    UserFactory(email=ADDRESS, language=language)
    log_in(visitor, language)
    visitor.open(address_of("mfa_activate_totp", language))
    confirm_access(visitor, language)
    visitor.check()
    secret = visitor.page.locator("#authenticator_secret").input_value()
    submit(visitor, code=format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    visitor.check()
    visitor.open(address_of("mfa_index", language))
    visitor.check()
    visitor.open(address_of("accounts:security-detail", language))
    visitor.check()
    visitor.page.locator(".account-nav form button").click()

    visitor.open(address_of("account_login", language))
    submit(visitor, login=ADDRESS, password=PASSWORD)
    assert visitor.path == address_of("mfa_authenticate", language)
    visitor.check()


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "no-script"])
def test_changing_the_language_taking_the_data_and_leaving(new_visitor, java_script_enabled):
    visitor = new_visitor(java_script_enabled=java_script_enabled)
    UserFactory(email=ADDRESS, language="en")
    log_in(visitor, "en")
    visitor.page.locator("[name=language]").select_option("fr")
    submit(visitor, display_name="Ada 👩🏽‍🚀")
    assert visitor.path == address_of("accounts:profile-edit", "fr")
    visitor.check()

    visitor.open(address_of("accounts:data-detail", "fr"))
    visitor.check()
    with visitor.page.expect_download() as download:
        visitor.page.locator("a[download]").first.click()
    data = json.loads(download.value.path().read_text("utf-8"))
    assert data["accounts.profile"][0]["display_name"] == "Ada 👩🏽‍🚀"

    visitor.open(address_of("accounts:account-delete", "fr"))
    confirm_access(visitor, "fr")
    visitor.check()
    submit(visitor, email=ADDRESS)
    assert visitor.path == address_of("accounts:account-deleted", "fr")
    visitor.check()
    assert not User.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_inviting_and_accepting(new_visitor, language):
    official = MembershipFactory(role=OrganizationRole.IMSO, user__email=ADDRESS, user__language=language)
    InvitationFactory(organization=official.organization)
    host = new_visitor(java_script_enabled=False)
    log_in(host, language)
    host.open(address_of("accounts:member-list", language, official.organization.name))
    host.check()
    host.page.locator("[name=role]").select_option("editor")
    host.page.locator("main [name=language]").select_option(language)
    submit(host, email="new@example.org")
    host.check()
    link = re.search(r"http\S+(/(?:en|fr)/\S+/invitation/\S+)", mail.outbox[-1].body)[1]

    guest = new_visitor(java_script_enabled=False)
    guest.open(link)
    guest.check()
    UserFactory(email="new@example.org", language=language)
    guest.page.locator("main a.button").first.click()
    submit(guest, login="new@example.org", password=PASSWORD)
    assert guest.path == link
    guest.page.locator("main form button").click()
    assert guest.path == address_of("accounts:membership-list", language)
    guest.check()
    guest.open(link)
    assert guest.page.get_by_role("alert").is_visible()
    guest.check()
    assert guest.console == ["Failed to load resource: the server responded with a status of 410 (Gone)"]
    guest.console.clear()


def test_the_pages_of_administrators(visitor):
    AppointmentFactory(user__email=ADDRESS)
    InvitationFactory(organization=None, role="author")
    log_in(visitor, "en")
    for name in ("accounts:appointment-list", "accounts:activity-list", "accounts:membership-list", "accounts:own-activity-list"):
        visitor.open(address_of(name, "en"))
        visitor.check()


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "account_logout", "socialaccount_connections"])
def test_the_other_pages_of_ones_account(visitor, name):
    UserFactory(email=ADDRESS)
    log_in(visitor, "en")
    visitor.open(address_of(name, "en"))
    confirm_access(visitor, "en")
    visitor.check()


@pytest.mark.parametrize(
    "name", ["account_reset_password", "account_inactive", "socialaccount_login_cancelled", "account_password_reset_completed"]
)
def test_the_other_pages_of_signing_in(visitor, name):
    visitor.open(address_of(name, "en"))
    visitor.check()
