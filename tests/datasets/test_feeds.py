import datetime as dt
import uuid
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Organization
from datasets.models import Dataset
from opengov.search.indexing import reconcile
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client, name, *args, language="en", query=""):
    with override(language):
        response = client.get(reverse(f"datasets:{name}", args=args) + query)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def links(element):
    return {(link.get("rel"), link.get("hreflang")): link.get("href") for link in element.findall(f"{ATOM}link")}


def released(days_ago, **fields):
    return DatasetFactory(published=True, visible_from=timezone.now() - dt.timedelta(days=days_ago), **fields)


def test_new_datasets_stand_in_the_order_of_their_release(client):
    for days, title in [(3, "Oldest"), (1, "Newest"), (2, "Middle")]:
        released(days, title_en=title)
    DatasetFactory(title_en="Draft")
    DatasetFactory(withdrawn=True, title_en="Withdrawn")
    released(-1, title_en="Tomorrow's")

    assert titles(feed(client, "feed-new")) == ["Newest", "Middle", "Oldest"]


def test_updated_datasets_stand_in_the_order_of_their_change(client):
    now = timezone.now()
    for days, title in [(3, "Oldest"), (1, "Newest"), (2, "Middle")]:
        DatasetFactory(published=True, title_en=title, metadata_modified=now - dt.timedelta(days=days))

    assert titles(feed(client, "feed-updated")) == ["Newest", "Middle", "Oldest"]


def test_a_feed_says_what_it_is_in_its_language_and_where_the_other_is(client):
    owner = OrganizationFactory(title_fr="Pêches et Océans Canada")
    dataset = released(1, title_fr="Débarquements de homard", notes_fr="Par <port>", owner_org=owner, name="lobster")

    root = feed(client, "feed-new", language="fr")
    entry = root.find(f"{ATOM}entry")

    assert root.get(XML_LANG) == "fr-CA"
    assert links(root)[("self", None)] == "http://127.0.0.1:8000/fr/fils/new.atom"
    assert links(root)[("alternate", "en")] == "http://127.0.0.1:8000/en/feeds/new.atom"
    assert root.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{dataset.pk}"
    assert entry.findtext(f"{ATOM}title") == "Débarquements de homard"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Pêches et Océans Canada"
    assert links(entry) == {("alternate", None): "http://127.0.0.1:8000" + reverse_in("fr", "dataset-detail", "lobster")}
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["Économie et industrie"]
    assert root.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def reverse_in(language, name, *args):
    with override(language):
        return reverse(f"datasets:{name}", args=args)


def test_each_feed_has_an_id_of_its_own_that_stays(client):
    ids = [
        feed(client, name, language=language).findtext(f"{ATOM}id")
        for name in ("feed-new", "feed-updated")
        for language in ("en", "fr")
    ]

    assert len(set(ids)) == 4
    assert ids[0] == feed(client, "feed-new").findtext(f"{ATOM}id")
    assert all(uuid.UUID(each) for each in ids)


def test_organizations_and_subjects_have_feeds_of_their_own(client):
    owner = OrganizationFactory(name="dfo-mpo")
    released(1, title_en="Ours", owner_org=owner)
    released(1, title_en="Others'")

    assert titles(feed(client, "feed-organization", "dfo-mpo")) == ["Ours"]
    assert Organization.objects.exclude(name="dfo-mpo").exists()
    for name, code in [("feed-organization", "nobody"), ("feed-subject", "astrology")]:
        assert client.get(reverse(f"datasets:{name}", args=[code])).status_code == 404


def test_the_feed_of_a_search_knows_its_search(client):
    root = feed(client, "feed-results", query="?q=lakes&page=7&sort=title")

    assert links(root)[("self", None)].endswith("/en/feeds/results.atom?q=lakes&sort=title")
    assert "lakes" in root.findtext(f"{ATOM}title")
    assert client.get(reverse("datasets:feed-results"), {"box": "1,2"}).status_code == 400


def test_what_xml_cannot_hold_is_left_out(client):
    released(1, title_en="Bad\x0bletters\ufffe", notes_en="<b>&amp; \x00</b>".replace("\x00", "\x01"))

    assert titles(feed(client, "feed-new")) == ["Badletters"]


def test_an_empty_feed_keeps_its_tag(client):
    url = reverse("datasets:feed-new")
    first = client.get(url)

    assert first.headers["Last-Modified"] == "Sat, 01 Jan 2000 00:00:00 GMT"
    assert client.get(url, headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("name", ["feed-new", "feed-updated", "feed-results"])
def test_feeds_ask_the_same_queries_however_long(client, name, count, django_assert_max_num_queries):
    DatasetFactory.create_batch(count, published=True)
    reconcile()
    client.get(reverse(f"datasets:{name}"))

    with django_assert_max_num_queries(4):
        root = feed(client, name)

    assert len(titles(root)) == count == Dataset.objects.count()
