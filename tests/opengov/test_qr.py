"""QR codes of the portal's own pages, and of nothing else."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/en/about/", "/fr/jeux-de-donnees/", "/en/datasets/tides/"])
def test_a_page_of_ours_is_drawn_and_kept_for_a_day(client, path):
    answer = client.get(reverse("qr"), {"path": path})

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert b"<svg" in answer.content


def test_two_pages_have_two_codes(client):
    assert len({client.get(reverse("qr"), {"path": path}).content for path in ("/en/", "/fr/")}) == 2


@pytest.mark.parametrize(
    "path", ["", "/", "https://example.org/en/", "//example.org/en/", "/healthz", "/en/nothing/here/at/all/", "/en/" + "a" * 500]
)
def test_nothing_else_is_drawn(client, path):
    assert client.get(reverse("qr"), {"path": path}).status_code == 404
