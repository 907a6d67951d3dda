import pytest
import requests
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ISSUER = "https://id.example.org"
DISCOVERY = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}


@pytest.fixture
def oidc(settings):
    app = {"provider_id": "gov", "name": "GovID", "client_id": "portal", "secret": "s3", "settings": {"server_url": ISSUER}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APP": app}}


@pytest.fixture
def issuer(monkeypatch):
    """The network's edge: what each address of the issuer answers, JSON or an exception."""
    answers = {f"{ISSUER}/.well-known/openid-configuration": DISCOVERY}

    def send(self, request, **kwargs):
        answer = answers[request.url.partition("?")[0]]
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.request, response.url, response.status_code = request, request.url, answer.get("status", 200)
        response.headers["Content-Type"] = "application/json"
        response._content = requests.compat.json.dumps(answer).encode() if "raw" not in answer else answer["raw"]
        return response

    monkeypatch.setattr(requests.Session, "send", send)
    return answers


def test_providers_are_offered_only_where_they_are_configured(client, settings):
    assert "GitHub" not in client.get("/en/account/login/").content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APP": {"client_id": "x", "secret": "y"}}}
    page = client.get("/en/account/login/").content.decode()
    assert "/accounts/github/login/?process=login" in page


@pytest.mark.parametrize(
    "address", ["/accounts/github/login/", "/accounts/oidc/nobody/login/", "/accounts/github/login/callback/"]
)
def test_a_provider_that_is_not_configured_is_not_there(client, address):
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_addresses_that_providers_call_have_no_language():
    assert reverse("github_callback") == "/accounts/github/login/callback/"
    assert reverse("openid_connect_callback", args=["gov"]) == "/accounts/oidc/gov/login/callback/"


def test_the_way_to_a_provider_is_a_page_that_goes_on_by_itself(client, oidc, issuer):
    answer = client.post("/accounts/oidc/gov/login/")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<meta http-equiv="refresh" content="0; url=https://id.example.org/authorize?client_id=portal&amp;' in page


@pytest.mark.parametrize(
    "answer",
    [
        requests.ConnectionError("nobody there"),
        requests.Timeout("too slow"),
        {"status": 500},
        {"raw": b"<html>not JSON"},
        {"issuer": ISSUER},
    ],
    ids=["down", "slow", "500", "html", "incomplete"],
)
def test_a_broken_issuer_gives_a_message_and_the_other_ways_in(client, oidc, issuer, answer):
    issuer[f"{ISSUER}/.well-known/openid-configuration"] = answer

    page = client.post("/accounts/oidc/gov/login/")

    assert page.status_code == 401
    assert "Sign-in did not work" in page.content.decode()
    assert reverse("account_login") in page.content.decode()


def _come_back(client):
    client.post("/accounts/oidc/gov/login/?next=/en/account/security/")
    state = next(iter(client.session["socialaccount_states"]))
    return client.get(f"/accounts/oidc/gov/login/callback/?code=abc&state={state}")


def test_an_issuer_that_breaks_on_the_way_back_gives_a_message(client, oidc, issuer):
    issuer[f"{ISSUER}/token"] = {"access_token": "t", "token_type": "bearer"}
    issuer[f"{ISSUER}/userinfo"] = {"status": 502}

    answer = _come_back(client)

    assert answer.status_code == 401
    assert "Sign-in did not work" in answer.content.decode()
    assert not User.objects.exists()


def test_a_new_person_comes_in_through_the_issuer(client, oidc, issuer):
    issuer[f"{ISSUER}/token"] = {"access_token": "t", "token_type": "bearer"}
    issuer[f"{ISSUER}/userinfo"] = {"sub": "7", "email": "agent@example.org", "email_verified": True, "name": "Ada Lovelace"}

    answer = _come_back(client)

    assert answer.url == "/en/account/security/"
    person = User.objects.get()
    assert (person.email, person.display_name) == ("agent@example.org", "Ada Lovelace")


def test_an_issuer_cannot_take_over_the_account_of_an_address(client, oidc, issuer):
    UserFactory(email="agent@example.org")
    issuer[f"{ISSUER}/token"] = {"access_token": "t", "token_type": "bearer"}
    issuer[f"{ISSUER}/userinfo"] = {"sub": "7", "email": "agent@example.org", "email_verified": True}

    _come_back(client)

    assert User.objects.count() == 1
    assert client.get("/en/account/profile/").status_code == 302


def test_a_made_up_state_is_refused(client, oidc, issuer):
    assert client.get("/accounts/oidc/gov/login/callback/?code=abc&state=forged").status_code == 401
