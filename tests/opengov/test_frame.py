"""The frame of every page: head, language link, brand."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_language_link_keeps_the_page_and_the_query(client):
    page = client.get("/en/datasets/?q=caf%C3%A9&format=CSV").content.decode()

    assert 'href="/fr/jeux-de-donnees/?q=caf%C3%A9&amp;format=CSV" lang="fr" hreflang="fr">Français' in page


def test_head_names_the_page_in_each_language(client, settings):
    settings.SITE_URL = "https://open.example.org"
    page = client.get("/fr/jeux-de-donnees/").content.decode()

    assert '<link rel="canonical" href="https://open.example.org/fr/jeux-de-donnees/">' in page
    assert '<link rel="alternate" hreflang="en" href="https://open.example.org/en/datasets/">' in page
    assert '<link rel="alternate" hreflang="fr" href="https://open.example.org/fr/jeux-de-donnees/">' in page
    assert '<link rel="alternate" hreflang="x-default" href="https://open.example.org/en/datasets/">' in page


def test_another_brand_changes_name_and_colours(client, settings, tmp_path):
    own = tmp_path / "brand.toml"
    own.write_text('accent = "#663399"\n[name]\nen = "Data of Elsewhere"\nfr = "Données d’ailleurs"\n', "utf-8")
    before = client.get("/en/").content.decode()
    settings.BRAND_FILE = str(own)
    after = client.get("/en/").content.decode()

    assert "Data of Elsewhere" in after
    assert "OpenGov Portal" not in after
    assert "#663399" in client.get(reverse("brand-css")).content.decode()
    assert before.split("brand.css?v=")[1][:8] != after.split("brand.css?v=")[1][:8]


def test_page_for_everyone_sets_no_cookie_and_answers_304(client):
    first = client.get("/en/")
    again = client.get("/en/", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=60"
    assert not first.cookies
    assert again.status_code == 304


def test_navigation_marks_where_one_is(client):
    assert '<a href="/en/datasets/" aria-current="page">' in client.get("/en/datasets/").content.decode()
    assert "aria-current" not in client.get("/en/").content.decode()
