"""The result list, and the same results for machines."""

import csv
import datetime as dt
import io
import re

import pytest
from django.test import Client

from opengov.search.indexing import rebuild, reconcile
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 100])
def test_result_list_asks_the_same_queries_however_many_results(client, count, django_assert_num_queries):
    organization = OrganizationFactory()
    DatasetFactory.create_batch(count, published=True, resources=2, owner_org=organization)
    reconcile()
    client.get("/en/datasets/?rows=100")

    with django_assert_num_queries(3):  # organizations of the facet, the cards, their formats
        page = client.get("/en/datasets/?rows=100")

    assert len(page.context["results"].cards) == count


def test_results_are_links_to_their_datasets_with_what_one_chooses_by(client):
    DatasetFactory(
        name="tides",
        published=True,
        resources=2,
        title_en="Tides of <Fundy>",
        notes_en="Water **levels**.",
        date_modified=dt.date(2026, 10, 30),
        owner_org__title_en="Fisheries",
    )
    reconcile()
    page = client.get("/en/datasets/").content.decode()

    assert '<a href="/en/datasets/tides/">Tides of &lt;Fundy&gt;</a>' in page
    assert "Water levels." in page
    assert "October 30, 2026" in page
    assert "Fisheries" in page
    assert '<span class="badge badge--format">CSV</span>' in page


def test_openness_that_is_not_known_stands_in_no_card_and_in_no_facet(client):
    DatasetFactory(published=True, resources=1, title_en="Known")
    DatasetFactory(published=True, resources=1, license_id="")
    DatasetFactory(published=True)
    reconcile()

    assert client.get("/en/datasets/").content.decode().count("Openness 1 of 5") == 1
    assert [card.title.value for card in client.get("/en/datasets/?openness=1").context["results"].cards] == ["Known"]


@pytest.mark.parametrize(
    ("path", "mark"), [("/en/datasets/", "French only"), ("/fr/jeux-de-donnees/", '<span class="badge badge--warn">')]
)
def test_record_in_one_language_says_so(client, path, mark):
    DatasetFactory(published=True, title_en="", notes_en="", title_fr="Marées", notes_fr="Niveaux.")
    reconcile()

    assert mark in client.get(path).content.decode()


def test_title_from_the_other_language_is_marked_for_screen_readers(client):
    DatasetFactory(published=True, title_en="", title_fr="Marées")
    reconcile()

    assert '<span lang="fr">Marées</span>' in client.get("/en/datasets/").content.decode()
    assert '<span lang="fr">' not in client.get("/fr/jeux-de-donnees/").content.decode()


@pytest.mark.parametrize(("path", "is_marked"), [("/en/datasets/", False), ("/fr/jeux-de-donnees/", True)])
def test_machine_translation_is_marked_in_the_language_it_was_made_in(client, path, is_marked):
    DatasetFactory(published=True, machine_translated={"title": "en", "notes": "en"})
    reconcile()

    assert ('#translate"' in client.get(path).content.decode()) is is_marked


def test_form_sent_without_javascript_leads_on_to_the_short_address(client):
    response = client.get("/en/datasets/?q=&published_from=&box=&format=CSV&sort=title")

    assert response.status_code == 302
    assert response["Location"] == "/en/datasets/?format=CSV&sort=title"


def test_wrong_parameters_are_named_with_400_and_the_rest_is_answered(client):
    DatasetFactory(published=True, title_en="Tides")
    reconcile()
    response = client.get("/en/datasets/?box=1,2&format=NOPE&sort=<script>")

    assert response.status_code == 400
    assert "A box is four numbers" in response.content.decode()
    assert "“&lt;script&gt;” is not an order of results." in response.content.decode()
    assert len(response.context["results"].cards) == 1


def test_htmx_gets_the_changed_parts_and_the_address_to_push(client):
    DatasetFactory(published=True, title_en="Tides")
    reconcile()
    response = client.get("/en/datasets/?q=&sort=title", headers={"HX-Request": "true"})
    page = response.content.decode()

    assert response["HX-Push-Url"] == "/en/datasets/?sort=title"
    assert "<html" not in page
    assert page.count('hx-swap-oob="innerHTML"') == 2
    assert "Tides" in page
    assert "HX-Request" in response["Vary"]
    assert 'id="other-language" href="/fr/jeux-de-donnees/?sort=title" lang="fr" hreflang="fr" hx-swap-oob="true"' in page


def test_chosen_filter_is_a_chip_that_takes_it_back(client):
    OrganizationFactory(name="dfo", title_en="Fisheries")
    page = client.get("/en/datasets/?organization=dfo&published_from=2020&published_to=2021&q=cod")

    chips = {chip.label: chip.url for chip in page.context["results"].chips}
    assert chips["January 1, 2020 to December 31, 2021"] == "/en/datasets/?q=cod&organization=dfo"
    assert "/en/datasets/?q=cod&published_from=2020-01-01&published_to=2021-12-31" in chips.values()
    assert page.context["results"].cleared_url == "/en/datasets/?q=cod"


def test_nothing_found_offers_ways_on(client):
    page = client.get("/en/datasets/?q=zzzz&format=CSV").content.decode()

    assert "No dataset matches your search" in page
    assert 'href="/en/datasets/?q=zzzz"' in page
    assert 'href="/en/datasets/?format=CSV"' in page
    assert '<meta name="robots" content="noindex, follow">' in page


def test_results_as_csv_open_in_a_spreadsheet_without_running_formulas(client):
    DatasetFactory(name="tides", published=True, resources=1, title_en="=HYPERLINK(1)", owner_org__title_en="Fisheries")
    reconcile()
    response = client.get("/en/datasets/results.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[0]["title"] == "'=HYPERLINK(1)"
    assert rows[0]["organization"] == "Fisheries"
    assert rows[0]["url"].endswith("/en/datasets/tides/")


def test_results_as_json_hold_what_is_public_only(client):
    shown = DatasetFactory(published=True, title_fr="Marées")
    DatasetFactory()
    reconcile()
    document = client.get("/fr/jeux-de-donnees/results.json").json()

    assert document["count"] == 1
    assert [(row["id"], row["title"]) for row in document["results"]] == [(str(shown.pk), "Marées")]


def test_export_of_a_wrong_search_is_refused(client):
    response = client.get("/en/datasets/results.json?box=x")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["box"]


def test_export_in_an_unknown_format_is_not_there(client):
    assert client.get("/en/datasets/results.exe").status_code == 404


@pytest.mark.parametrize("path", ["/en/", "/en/datasets/", "/en/datasets/?q=tides&sort=title"])
def test_pages_open_on_a_catalogue_that_was_indexed_when_empty(client, path):
    rebuild()

    assert client.get(path).status_code == 200


@pytest.mark.parametrize(("path", "feed"), [("/en/datasets/", "/en/feeds/"), ("/fr/jeux-de-donnees/", "/fr/fils/")])
def test_results_lead_to_their_feed_with_the_query_kept(client, path, feed):
    DatasetFactory(published=True, title_en="Tides", title_fr="Tides")
    reconcile()
    page = client.get(f"{path}?q=tides&sort=title").content.decode()
    address = f'href="{feed}results.atom?q=tides&amp;sort=title"'

    assert re.search(f'<link rel="alternate" type="application/atom.xml" title="[^"]+tides" {re.escape(address)}>', page)
    assert page.count(address) == 2
    assert client.get(f"{feed}results.atom?q=tides&sort=title").status_code == 200


@pytest.mark.parametrize("typed", ["😀", "(((((", "AND OR NOT", "the", '"of the"', "NOT the"])
def test_search_without_a_word_says_so_and_goes_by_date(client, typed):
    DatasetFactory(published=True, title_en="Tides")
    reconcile()
    response = client.get("/en/datasets/", {"q": typed})

    assert "Your search holds no word that can be searched for" in response.content.decode()
    assert response.context["results"].answer.request.sort == "modified"
    assert "relevance" not in dict(response.context["results"].sorts)
    assert len(response.context["results"].cards) == 1


@pytest.mark.parametrize("typed", ["tides", "tid*", "th*", "NOT floods", '"the tides"', ""])
def test_search_with_a_word_has_no_such_notice(client, typed):
    assert "no word that can be searched for" not in client.get("/en/datasets/", {"q": typed}).content.decode()


def test_export_says_where_it_is_only_the_beginning(client, monkeypatch):
    DatasetFactory.create_batch(3, published=True)
    reconcile()
    assert "These results as" in client.get("/en/datasets/").content.decode()

    monkeypatch.setattr("datasets.selectors.results.MOST_EXPORTED", 2)

    assert "The first 2 results as" in client.get("/en/datasets/").content.decode()


def test_export_in_an_unknown_format_is_not_searched_for(client, monkeypatch):
    monkeypatch.setattr("datasets.views.exports.search", lambda *_args, **_options: pytest.fail("searched"))

    assert client.get("/en/datasets/results.xml").status_code == 404


@pytest.mark.parametrize("number", ["2", "0", "-1", "abc", "501", "9" * 30])
@pytest.mark.parametrize("path", ["/en/datasets/", "/en/organizations/", "/en/datasets/tides/history/", "/en/datasets/tides/"])
def test_page_that_a_list_does_not_have_leads_to_its_first(client, path, number):
    DatasetFactory(name="tides", published=True)
    reconcile()
    response = client.get(path, {"q": "tides", "page": number})

    assert response.status_code == 404
    assert "This list has no such page" in response.content.decode()
    assert '<a href="?q=tides">Go to the first page of the list</a>' in response.content.decode()


@pytest.mark.parametrize("path", ["/en/", "/fr/jeux-de-donnees/", "/en/datasets/results.csv", "/en/feeds/new.atom"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_that_are_only_read_allow_nothing_else(path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/en/datasets/?sort=published", 'Published <time datetime="2020-01-02">January 2, 2020</time>'),
        ("/en/datasets/?sort=modified", 'Updated <time datetime="2026-10-30">October 30, 2026</time>'),
        ("/fr/jeux-de-donnees/", 'Mis à jour le <time datetime="2026-10-30">30 octobre 2026</time>'),
        ("/en/organizations/dfo/", 'Published <time datetime="2020-01-02">January 2, 2020</time>'),
        ("/en/", 'Published <time datetime="2020-01-02">January 2, 2020</time>'),
    ],
)
def test_lists_show_the_day_by_which_they_are_sorted(client, path, shown):
    days = {"date_published": dt.date(2020, 1, 2), "date_modified": dt.date(2026, 10, 30)}
    DatasetFactory(published=True, owner_org__name="dfo", **days)
    reconcile()

    assert shown in client.get(path).content.decode()


def test_card_without_dates_shows_those_of_the_index(client):
    released, changed = dt.date(2021, 3, 4), dt.date(2022, 5, 6)
    dates = {"portal_release_date": released, "federated_date_modified": changed}
    DatasetFactory(published=True, date_published=None, date_modified=None, **dates)
    reconcile()
    card = client.get("/en/datasets/").context["results"].cards[0]

    assert (card.published_on, card.modified_on) == (released, changed)
