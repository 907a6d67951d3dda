"""The check before a first vote, and the limits: what replays, splices and floods get."""

import json
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from html import unescape

import altcha
import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from engagement.errors import NotOpenForVotes
from engagement.forms import HARDEST
from engagement.models import HumanCheck, TrustedNetwork
from engagement.services import human_checks
from requests_app.models import RequestVote
from tests.factories.accounts import UserFactory
from tests.factories.engagement import HumanCheckFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_left():
    cache.clear()


@pytest.fixture
def thing():
    return DataRequestFactory()


def person():
    client = Client(REMOTE_ADDR="203.0.113.5")
    client.force_login(UserFactory())
    return client


def address(name, thing):
    return reverse(f"engagement:{name}", args=["requests", thing.pk])


def solved(client):
    challenge = client.get(reverse("engagement:challenge")).json()
    number = next(
        number
        for number in range(HARDEST + 1)
        if sha256(f"{challenge['salt']}{number}".encode()).hexdigest() == challenge["challenge"]
    )
    return {name: challenge[name] for name in ("algorithm", "challenge", "salt", "signature")} | {"number": number}


def send(client, thing, payload):
    text = b64encode(json.dumps(payload).encode()).decode()
    return client.post(address("vote-check", thing), {"by": "challenge", "challenge": text})


def test_a_solved_challenge_votes_once_and_serves_nobody_else(thing):
    first, second = person(), person()
    payload = solved(first)
    assert send(first, thing, payload).status_code == 302
    assert RequestVote.objects.count() == 1

    assert send(second, thing, payload).status_code == 422
    assert HumanCheck.objects.count() == RequestVote.objects.count() == 1


def spliced(payload):
    """The first digit of the number goes to the end of the salt, where it would put off the expiry of the challenge."""
    number, salt = str(payload["number"]), payload["salt"].rstrip("&")
    return payload | {"salt": salt + number[0], "number": int(number[1:] or 0)}


@pytest.mark.parametrize(
    "change",
    [
        spliced,
        lambda payload: payload | {"number": payload["number"] + 1},
        lambda payload: payload | {"signature": "0" * 64},
        lambda payload: payload | {"challenge": "0" * 64},
        lambda payload: payload | {"salt": payload["salt"].replace("expires=", "expires=9")},
        lambda payload: {name: payload[name] for name in payload if name != "signature"},
        lambda payload: payload | {"number": "x"},
        lambda payload: payload | {"salt": 1},
        lambda payload: [],
    ],
)
def test_a_challenge_that_was_tampered_with_is_refused(thing, change):
    client = person()
    assert send(client, thing, change(solved(client))).status_code == 422
    assert not RequestVote.objects.exists()


def test_a_challenge_expires_before_its_use_is_forgotten(thing):
    client = person()
    payload = solved(client)
    now = timezone.now()
    with time_machine.travel(now + human_checks.CHALLENGE_LASTS, tick=False):
        assert send(client, thing, payload).status_code == 422
    assert int(altcha.extract_params(payload)["expires"][0]) <= (now + human_checks.CHALLENGE_LASTS).timestamp() + 1


def test_without_scripts_a_mailed_code_votes(thing, django_capture_on_commit_callbacks):
    client = person()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("vote-code", thing))
    code = next(line.strip() for line in mail.outbox[0].body.splitlines() if line.strip().isdigit())

    assert client.post(address("vote-check", thing), {"by": "code", "code": "x"}).status_code == 422
    assert not RequestVote.objects.exists()
    client.post(address("vote-check", thing), {"by": "code", "code": code})
    assert RequestVote.objects.count() == 1
    other = person()
    assert [other.post(address("vote-code", thing)).status_code for _ in range(4)] == [302, 302, 302, 429]


def test_a_vote_posted_from_elsewhere_is_refused(thing):
    client = Client(enforce_csrf_checks=True)
    client.force_login(HumanCheckFactory().user)
    for name in ("vote-cast", "vote-withdraw", "vote-code"):
        assert client.post(address(name, thing)).status_code == 403
    assert not RequestVote.objects.exists()


def checked(network):
    client = Client(REMOTE_ADDR=network)
    client.force_login(HumanCheckFactory().user)
    return client


@pytest.mark.parametrize(("language", "words"), [("en", "Too many"), ("fr", "Trop de")])
@pytest.mark.parametrize("network", ["203.0.113.7", "2001:db8:1:2::{:x}"])
def test_a_network_votes_twenty_times_a_minute(thing, network, language, words):
    with translation.override(language):
        answers = [checked(network.format(number)).post(address("vote-cast", thing)) for number in range(21)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert words in answers[-1].text
    assert checked("2001:db8:1:3::1").post(address("vote-cast", thing)).status_code == 302


def test_a_network_has_a_second_window(thing):
    start = timezone.now().replace(second=0)
    codes = []
    for minute in range(6):
        with time_machine.travel(start + timedelta(seconds=61 * minute), tick=False):
            codes += [checked("203.0.113.7").post(address("vote-cast", thing)).status_code for _ in range(20)]
    assert codes == [302] * 100 + [429] * 20


def test_a_trusted_network_has_no_limit_of_its_own(thing):
    later = timezone.now() + timedelta(days=1)
    TrustedNetwork.objects.create(network="203.0.113.0/24", label="Hub", until=later)
    assert {checked("203.0.113.7").post(address("vote-cast", thing)).status_code for _ in range(25)} == {302}


def test_a_person_votes_and_takes_back_ten_times_a_minute(thing):
    client = checked("203.0.113.7")
    codes = [client.post(address(("vote-cast", "vote-withdraw")[turn % 2], thing)).status_code for turn in range(11)]
    assert codes == [302] * 10 + [429]


def test_the_check_speaks_the_language_of_the_page(thing):
    client = person()
    with translation.override("fr"):
        page = client.get(address("vote-check", thing)).content.decode()
        refused = client.post(address("vote-check", thing), {"by": "challenge"})

    assert "Vérification en cours…" in json.loads(unescape(page.split('strings="')[1].split('"')[0])).values()
    assert refused.status_code == 422
    assert "Votre navigateur n'a pas terminé la vérification." in unescape(refused.content.decode())
    assert "CAPTCHA" not in refused.content.decode()


@pytest.mark.parametrize("name", ["vote-cast", "vote-check", "vote-code"])
def test_nobody_is_checked_to_vote_for_what_is_closed(name):
    closed = DataRequestFactory(status="unable")
    answer = person().post(address(name, closed), follow=True)

    assert answer.redirect_chain == [(closed.get_absolute_url(), 302)]
    assert str(NotOpenForVotes()) in unescape(answer.content.decode())
    assert not mail.outbox
