"""Scheduled releases: no page is kept past the instant at which a dataset appears on it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from datasets.selectors.releases import next_release
from opengov import caching
from opengov.search.indexing import rebuild
from tests.factories.accounts import UserFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
PAGES = ["/en/", "/en/datasets/", "/fr/sujets/", "/en/organizations/", "/en/feeds/new.atom", "/sitemap.xml"]


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def scheduled(seconds, **fields):
    return DatasetFactory(published=True, visible_from=NOW + dt.timedelta(seconds=seconds), **fields)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_kept_until_the_next_release_and_no_longer(client, clock, path):
    scheduled(40)
    scheduled(50)
    rebuild()

    assert client.get(path)["Cache-Control"] == "public, max-age=40"
    clock.shift(39.5)
    assert client.get(path)["Cache-Control"] == "public, max-age=0"
    clock.shift(1)
    assert client.get(path)["Cache-Control"] == "public, max-age=9"
    clock.shift(60)
    assert client.get(path)["Cache-Control"] == "public, max-age=60"


def test_a_release_in_an_hour_and_a_draft_shorten_nothing(client, clock):
    scheduled(3600)
    DatasetFactory(state="draft", visible_from=NOW + dt.timedelta(seconds=5))
    rebuild()

    assert client.get("/en/")["Cache-Control"] == "public, max-age=60"
    assert next_release(NOW) == NOW + dt.timedelta(hours=1)


def test_the_front_page_shows_a_release_at_its_instant(client, clock, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # Redis has a clock of its own
    scheduled(40, title_en="Tides of Fundy")
    rebuild()
    assert "Tides of Fundy" not in client.get("/en/").content.decode()

    clock.shift(41)

    page = client.get("/en/")
    assert "Tides of Fundy" in page.content.decode()
    assert page.context["page"].counts.datasets == 1


def test_pages_of_people_are_their_own_as_before(client, clock):
    scheduled(40)
    client.force_login(UserFactory())

    assert client.get("/en/about/")["Cache-Control"] == "private, no-cache"


def test_the_instant_is_asked_for_once_in_a_while(django_assert_num_queries, monkeypatch):
    with django_assert_num_queries(1):
        assert [caching.fresh_for(60), caching.fresh_for(60)] == [60, 60]
    scheduled_soon = DatasetFactory(published=True, visible_from=timezone.now() + dt.timedelta(seconds=30))
    monkeypatch.setattr(caching, "REMEMBERED_SECONDS", -1)
    caching.forget_instants()

    with django_assert_num_queries(2):
        assert all(28 <= caching.fresh_for(60) <= 30 for _ in range(2)), scheduled_soon
