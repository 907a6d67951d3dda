"""The board as Atom: the requests as filtered, and what becomes of one."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories.requests_app import DataRequestFactory, StatusChangeFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, url):
    root = ElementTree.fromstring(client.get(url).content)
    return [entry.find(f"{ATOM}title").text for entry in root.iter(f"{ATOM}entry")]


def test_the_board_gives_what_is_shown_as_it_is_filtered(client):
    DataRequestFactory(title="Rivers", status="under_review")
    DataRequestFactory(title="Lakes")
    DataRequestFactory(title="Hidden", moderation="pending")
    url = reverse("requests:feed-list")

    assert entries(client, url) == ["Lakes", "Rivers"]
    assert entries(client, url + "?q=lake") == ["Lakes"]
    page = client.get(reverse("requests:request-list") + "?q=lake&page=1").content.decode()
    assert page.count(f'href="{url}?q=lake"') == 2, "for feed readers, and for people"


def test_one_request_gives_its_answers_in_the_readers_language(client):
    row = DataRequestFactory(title="Rivers")
    StatusChangeFactory(request=row)
    url = reverse("requests:feed-request", args=[row.pk])

    assert entries(client, url) == ["Under review – Rivers", "Rivers"]
    assert "We look into it." in client.get(url).content.decode()
    with translation.override("fr"):
        french = reverse("requests:feed-request", args=[row.pk])
    assert "Nous étudions la question." in client.get(french).content.decode()
    assert french in client.get(url).content.decode(), "each names the other"
    assert f'href="{url}"' in client.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize("state", [{"moderation": "pending"}, {"moderation": "hidden", "moderation_reason": "Spam."}])
def test_what_is_not_shown_has_no_feed(client, state):
    assert client.get(reverse("requests:feed-request", args=[DataRequestFactory(**state).pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_feeds_cost_the_same_however_much_is_in_them(client, count, django_assert_num_queries):
    row = DataRequestFactory()
    DataRequestFactory.create_batch(count)
    StatusChangeFactory.create_batch(count, request=row)

    with django_assert_num_queries(3):  # two are the choices of the form
        assert len(entries(client, reverse("requests:feed-list"))) == count + 1
    with django_assert_num_queries(2):
        assert len(entries(client, reverse("requests:feed-request", args=[row.pk]))) == count + 1
