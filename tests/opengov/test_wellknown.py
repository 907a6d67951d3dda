import datetime as dt

import pytest
import time_machine
from django.test import override_settings


def lines(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode().splitlines()


def test_robots_are_kept_from_facets_and_private_pages_and_led_to_the_sitemap(client):
    robots = lines(client, "/robots.txt")

    assert robots[:3] == ["User-agent: *", "Allow: /brand.css", "Disallow: /*?"]
    assert {"Disallow: /en/admin/", "Disallow: /fr/compte/connexion/", "Disallow: /fr/retroaction/"} <= set(robots)
    assert robots[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"


@pytest.mark.parametrize("day", ["2026-01-01", "2026-12-31"])
def test_security_contact_is_named_and_never_out_of_date(client, day):
    with time_machine.travel(day):
        security = dict(line.split(": ", 1) for line in lines(client, "/.well-known/security.txt"))
        expires = dt.datetime.fromisoformat(security["Expires"])

        assert dt.timedelta(days=100) < expires - dt.datetime.now(dt.UTC) < dt.timedelta(days=366)
    assert security["Contact"] == "mailto:open-ouvert@example.org"
    assert security["Preferred-Languages"] == "en, fr"
    assert security["Canonical"] == "http://127.0.0.1:8000/.well-known/security.txt"


@override_settings(STATIC_URL="/static/")
def test_the_favicon_is_the_logo(client):
    assert client.get("/favicon.ico").url == "/static/opengov/logo.svg"
