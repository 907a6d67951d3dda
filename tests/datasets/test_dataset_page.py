"""The page of a dataset, its tombstone, history and citations."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from datasets.models import Relationship, Version
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory

pytestmark = pytest.mark.django_db
SCRIPT = "</script><script>alert(1)</script>"


def page_of(client, dataset, path="/en/datasets/{}/"):
    return client.get(path.format(dataset.name)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_queries_however_much_it_shows(client, count, django_assert_num_queries):
    dataset = DatasetFactory(published=True, resources=count, keywords_en=["a"] * count, subject=["law"] * count)
    for other in DatasetFactory.create_batch(count, published=True):
        Relationship.objects.create(dataset=dataset, kind="continues", target=other)
    client.get("/en/datasets/")  # reads the vocabularies

    with django_assert_num_queries(8):  # record, resources and their number, relationships, requests, stars, comments and theirs
        response = client.get(f"/en/datasets/{dataset.name}/")

    assert len(response.context["page"].resources) == len(response.context["page"].related) == count


def test_what_others_wrote_can_do_no_harm(client):
    dataset = DatasetFactory(
        published=True,
        title_en=SCRIPT,
        notes_en=f"{SCRIPT} [x](javascript:alert(1)) <img src=x onerror=alert(1)>",
        keywords_en=[SCRIPT, '" onmouseover="x'],
        program_page_url_en="javascript:alert(1)",
        maintainer_contact_form_en="data:text/html,x",
        maintainer_email='x" onclick="y',
    )
    ResourceFactory(dataset=dataset, name_en=SCRIPT, description_en=SCRIPT, language=[SCRIPT])
    page = page_of(client, dataset)

    assert "<script>alert" not in page
    assert "</script><script>" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    assert 'href="data:' not in page
    assert 'onclick="y' not in page
    assert json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])["name"] == SCRIPT


def test_record_that_says_nothing_has_a_page_that_says_so(client):
    dataset = DatasetFactory(
        published=True, title_en="", title_fr="", notes_en="", notes_fr="", keywords_en=[], keywords_fr=[], subject=[],
        frequency="", date_published=None, owner_org=None, org_title_at_publication_en="", org_title_at_publication_fr="",
    )  # fmt: skip
    page = page_of(client, dataset)

    assert f"<h1>{dataset.name}</h1>" in page
    assert "No files or links" in page
    for lacking in ("title in English", "description in French", "subject", "frequency of updates", "resources"):
        assert f'<span class="badge">{lacking}</span>' in page


def test_record_without_a_licence_has_no_empty_row_for_it(client):
    dataset = DatasetFactory(published=True, resources=1, license_id="")
    licensed = DatasetFactory(published=True, resources=1)
    row = "<dt>Licence</dt>"

    assert row not in page_of(client, dataset)
    assert row not in client.get(dataset.resources.get().get_absolute_url()).content.decode()
    assert page_of(client, licensed).count(row) == 2
    assert row in client.get(licensed.resources.get().get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "is_shown"), [({"resources": 1}, True), ({"resources": 1, "license_id": ""}, False), ({"resources": 0}, False)]
)
def test_openness_is_that_of_resources_under_a_licence(client, fields, is_shown):
    assert ("Openness 1 of 5" in page_of(client, DatasetFactory(published=True, **fields))) == is_shown


def test_complete_record_lacks_nothing(client):
    dataset = DatasetFactory(published=True, resources=1)

    assert "What this record does not say" not in page_of(client, dataset)


def test_approval_at_source_names_the_source_and_the_time(client):
    at = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    dataset = DatasetFactory(published=True, approved_at_source="https://open.canada.ca/data", approved_at_source_at=at)
    page = page_of(client, dataset)

    assert "Approved at source: https://open.canada.ca/data" in page
    assert "May 4, 2026" in page


def test_many_resources_come_in_pages(client):
    dataset = DatasetFactory(published=True, resources=120)
    first, last = client.get(f"/en/datasets/{dataset.name}/"), client.get(f"/en/datasets/{dataset.name}/?page=4")

    assert len(first.context["page"].resources) == 30
    assert len(last.context["page"].resources) == 30
    assert 'aria-current="page"><span class="visually-hidden">Page</span> 4' in last.content.decode()


def test_relationships_show_on_both_sides_and_only_between_public_records(client):
    new, old = DatasetFactory(published=True, title_en="New tides"), DatasetFactory(published=True, title_en="Old tides")
    Relationship.objects.create(dataset=new, kind="supersedes", target=old)
    Relationship.objects.create(dataset=new, kind="continues", target=DatasetFactory(title_en="Secret tides"))
    Relationship.objects.create(dataset=new, kind="continues", url="javascript:alert(1)")

    assert re.search(r"<dt>Supersedes</dt><dd><a [^>]*>Old tides", page_of(client, new))
    assert re.search(r"<dt>Superseded by</dt><dd><a [^>]*>New tides", page_of(client, old))
    assert "Secret tides" not in page_of(client, new)
    assert 'href="javascript' not in page_of(client, new)


def test_extent_is_drawn_and_said(client):
    dataset = DatasetFactory(published=True, west=-120.0, south=49.0, east=-88.9, north=60.0)
    page = page_of(client, dataset, "/fr/jeux-de-donnees/{}/")

    assert 'map-canada.svg#map"' in page
    assert '<rect class="map__box" x="125.0" y="210.0"' in page
    assert "88,9°" in page


def test_uuid_leads_to_the_name_for_good(client):
    dataset = DatasetFactory(published=True)
    response = client.get(f"/en/datasets/{dataset.pk}/")

    assert (response.status_code, response["Location"]) == (301, f"/en/datasets/{dataset.name}/")


def test_uuid_of_a_draft_says_nothing_about_it(client):
    assert client.get(f"/en/datasets/{DatasetFactory().pk}/").status_code == 404


def test_withdrawn_record_leaves_a_tombstone(client):
    successor = DatasetFactory(published=True, title_en="Better series")
    dataset = DatasetFactory(withdrawn=True, title_en="Old series", successor=successor)
    response = client.get(f"/en/datasets/{dataset.name}/")
    page = response.content.decode()

    assert response.status_code == client.get(f"/en/datasets/{dataset.pk}/").status_code == 410
    assert "Old series" in page
    assert "Replaced by a better series." in page
    assert f'href="/en/datasets/{successor.name}/">Better series' in page


def test_tombstone_does_not_name_a_successor_that_is_not_public(client):
    dataset = DatasetFactory(withdrawn=True, successor=DatasetFactory(title_en="Secret series"))

    assert "Secret series" not in page_of(client, dataset)


@pytest.mark.parametrize("traits", [{}, {"state": "withdrawn", "withdrawn_at": timezone.now()}])
def test_record_that_was_never_public_is_not_found(client, traits):
    dataset = DatasetFactory(**traits)

    assert client.get(f"/en/datasets/{dataset.name}/").status_code == 404
    assert client.get(f"/en/datasets/{dataset.name}/history/").status_code == 404
    assert client.get(f"/en/datasets/{dataset.name}/citation.bib").status_code == 404


def test_json_ld_says_what_search_engines_read(client):
    dataset = DatasetFactory(
        published=True, name="tides", title_en="Tides", resources=1, west=-70.0, south=44.0, east=-60.0, north=50.0,
        time_period_coverage_start=dt.date(2020, 1, 1), owner_org__title_en="Fisheries",
    )  # fmt: skip
    document = json.loads(re.search(r'ld\+json">(.*?)</script>', page_of(client, dataset))[1])

    assert document["@type"] == "Dataset"
    assert document["publisher"]["name"] == "Fisheries"
    assert document["temporalCoverage"] == "2020-01-01/.."
    assert document["spatialCoverage"]["geo"]["box"] == "44.0 -70.0 50.0 -60.0"
    assert document["distribution"][0]["encodingFormat"] == "CSV"
    assert document["license"].startswith("https://open.canada.ca/")


def test_history_tells_what_changed_in_each_language(client):
    dataset = DatasetFactory(published=True, title_en="Tides")
    resource = "6f8f2e5a-3c1c-4a34-8a3e-0d5d2f1b9d11"
    first = {"title_translated": {"en": "Tides of old", "fr": "Marées"}, "subject": ["law"]}
    second = {"title_translated": {"en": "Tides of now", "fr": "Marées"}, "subject": ["transport"]}
    for number, data in ((1, first), (2, second)):
        Version.objects.create(dataset=dataset, number=number, data=data, is_public=True, at=timezone.now())
    Version.objects.create(
        dataset=dataset,
        number=2,
        resource_id=resource,
        data={"name_translated": {"en": "Table"}},
        is_public=True,
        at=timezone.now(),
    )
    page = page_of(client, dataset, "/en/datasets/{}/history/")

    assert page.index("Version 2") < page.index("Version 1")
    assert re.search(r'lang="en">Tides of <del>old</del>\s*<ins>now</ins>', page)
    assert "<del>Law</del>" in page
    assert "<ins>Transport</ins>" in page
    assert "Resource added: Table" in page
    assert "Marées" not in page


def test_history_writes_days_as_people_do_and_keeps_the_order_of_resources_to_itself(client):
    dataset = DatasetFactory(published=True)
    resource = "6f8f2e5a-3c1c-4a34-8a3e-0d5d2f1b9d11"
    for number, day in ((1, "2021-05-13 00:00:00"), (2, "2026-02-30"), (3, "2026-11-05")):
        Version.objects.create(dataset=dataset, number=number, data={"date_modified": day}, is_public=True, at=timezone.now())
        table = {"name_translated": {"en": "Table"}, "position": number}
        Version.objects.create(
            dataset=dataset, number=number, resource_id=resource, data=table, is_public=True, at=timezone.now()
        )
    page = page_of(client, dataset, "/en/datasets/{}/history/")

    assert "<del>May 13, 2021</del>" in page
    assert "<ins>2026-02-30</ins>" in page
    assert "<ins>November 5, 2026</ins>" in page
    assert page.count("Table") == 1


def test_history_keeps_to_itself_what_was_not_public(client):
    dataset = DatasetFactory(published=True)
    Version.objects.create(dataset=dataset, number=1, data={"title_translated": {"en": "Secret"}}, at=timezone.now())

    assert "No versions yet" in page_of(client, dataset, "/en/datasets/{}/history/")


@pytest.mark.parametrize("count", [1, 25])
def test_history_asks_the_same_queries_however_long(client, count, django_assert_max_num_queries):
    dataset = DatasetFactory(published=True)
    for number in range(1, count + 1):
        data = {"title_translated": {"en": f"Tides {number}"}}
        Version.objects.create(dataset=dataset, number=number, data=data, is_public=True, at=timezone.now())

    with django_assert_max_num_queries(7):
        page = client.get(f"/en/datasets/{dataset.name}/history/")

    assert len(page.context["history"].entries) == min(count, 20)


def test_citations_for_people_and_programs(client):
    organization = OrganizationFactory(title_en="Fisheries & Oceans")
    dataset = DatasetFactory(published=True, name="tides", title_en="Tides of 50%", owner_org=organization)
    address = "http://127.0.0.1:8000/en/datasets/tides/"

    assert f"Fisheries &amp; Oceans. (2020). Tides of 50% [Data set]. {address}" in page_of(client, dataset)
    bibtex = client.get("/en/datasets/tides/citation.bib").content.decode()
    assert r"title = {{Tides of 50\%}}" in bibtex
    assert r"author = {{Fisheries \& Oceans}}" in bibtex
    ris = client.get("/en/datasets/tides/citation.ris").content.decode()
    assert ris.startswith("TY  - DATA\r\nTI  - Tides of 50%\r\n")
    assert ris.endswith("ER  - \r\n")
    assert client.get("/en/datasets/tides/citation.doc").status_code == 404


def test_page_is_kept_by_caches_without_a_cookie(client):
    dataset = DatasetFactory(published=True)
    first = client.get(f"/en/datasets/{dataset.name}/")
    again = client.get(f"/en/datasets/{dataset.name}/", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=60"
    assert not first.cookies
    assert again.status_code == 304


def test_record_is_given_out_whole_but_for_what_is_not_public(client):
    dataset = DatasetFactory(published=True, name="tides", title_fr="Marées", resources=2)
    shown, hidden = DatasetFactory(published=True), DatasetFactory()
    Relationship.objects.create(dataset=dataset, kind="continues", target=shown)
    Relationship.objects.create(dataset=dataset, kind="continues", target=hidden)
    response = client.get("/en/datasets/tides/metadata.json")
    record = response.json()

    assert record["title_translated"] == {"en": dataset.title_en, "fr": "Marées"}
    assert len(record["resources"]) == 2
    assert record["relationship"][0]["related_url"]["en"].endswith(f"/dataset/{shown.pk}")
    assert str(hidden.pk) not in response.content.decode()
