from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from datasets import sitemaps
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def locations(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return [element.text for element in ET.fromstring(response.content).iterfind(".//s:loc", NS)]


@pytest.mark.parametrize("in_a_map", [1, 2, 3, 4_000])
def test_the_maps_of_the_index_hold_each_public_dataset_once_in_each_language(client, monkeypatch, in_a_map):
    monkeypatch.setattr(sitemaps, "DATASETS_A_MAP", in_a_map)
    public = DatasetFactory.create_batch(5, published=True)
    DatasetFactory()
    DatasetFactory(withdrawn=True)

    index = locations(client, "/sitemap.xml")
    maps = [url.removeprefix("http://127.0.0.1:8000") for url in index]
    found = [url for path in maps if "/datasets/" in path for url in locations(client, path)]

    assert maps[0] == "/sitemaps/pages.xml"
    assert len(maps) == 1 + -(-5 // in_a_map)
    expected = [f"http://127.0.0.1:8000/{path}/{row.name}/" for row in public for path in ("en/datasets", "fr/jeux-de-donnees")]
    assert sorted(found) == sorted(expected)


def test_each_address_names_its_languages(client):
    dataset = DatasetFactory(published=True, name="census")
    root = ET.fromstring(client.get(reverse("sitemap-datasets", args=[dataset.pk])).content)

    links = [[(link.get("hreflang"), link.get("href")) for link in url.iterfind("x:link", NS)] for url in root]

    assert (
        links
        == [
            [
                ("en", "http://127.0.0.1:8000/en/datasets/census/"),
                ("fr", "http://127.0.0.1:8000/fr/jeux-de-donnees/census/"),
                ("x-default", "http://127.0.0.1:8000/en/datasets/census/"),
            ]
        ]
        * 2
    )
    assert root.findtext(".//s:lastmod", namespaces=NS) == f"{dataset.metadata_modified:%Y-%m-%d}"


def test_standing_pages_organizations_and_subjects_are_mapped(client):
    OrganizationFactory(name="statcan")
    found = locations(client, "/sitemaps/pages.xml")

    for path in ("/en/", "/fr/", "/fr/a-propos/", "/en/organizations/statcan/", "/fr/sujets/health_and_safety/"):
        assert f"http://127.0.0.1:8000{path}" in found
    for url in found:
        assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize("count", [1, 100])
def test_maps_ask_one_query_however_long(client, count, django_assert_num_queries):
    first = min(DatasetFactory.create_batch(count, published=True), key=lambda row: row.pk)
    client.get("/sitemaps/pages.xml")

    for url in ("/sitemap.xml", reverse("sitemap-datasets", args=[first.pk])):
        with django_assert_num_queries(1):
            assert locations(client, url)


def test_a_map_from_nowhere_is_empty(client):
    assert locations(client, "/sitemaps/datasets/ffffffff-ffff-ffff-ffff-ffffffffffff.xml") == []
    assert client.get("/sitemaps/datasets/nonsense.xml").status_code == 404
