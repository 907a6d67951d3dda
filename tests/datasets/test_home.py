"""The front page."""

import pytest

from opengov import slots
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_front_page_asks_the_same_queries_however_many_datasets(client, count, django_assert_max_num_queries):
    DatasetFactory.create_batch(count, published=True, resources=2)
    client.get("/en/")  # gathers what is kept for a minute

    with django_assert_max_num_queries(4):  # the cache, the cards, their formats, what is asked for
        page = client.get("/en/")

    assert len(page.context["page"].new) == count


def test_front_page_counts_what_is_public(client):
    DatasetFactory(published=True, resources=2)
    DatasetFactory(resources=5)
    DatasetFactory(withdrawn=True, resources=5)

    counts = client.get("/en/").context["page"].counts

    assert (counts.datasets, counts.resources, counts.organizations) == (1, 2, 1)


def test_dataset_withdrawn_within_the_minute_is_gone_from_the_front_page(client):
    dataset = DatasetFactory(published=True, title_en="Tides of Fundy")
    assert "Tides of Fundy" in client.get("/en/").content.decode()

    dataset.state = "draft"
    dataset.save()

    assert "Tides of Fundy" not in client.get("/en/").content.decode()


def test_front_page_of_an_empty_catalogue_still_searches(client):
    page = client.get("/fr/")

    assert page.status_code == 200
    assert 'action="/fr/jeux-de-donnees/"' in page.content.decode()


def test_other_rooms_show_their_panels_on_the_front_page(client, monkeypatch, tmp_path, settings):
    monkeypatch.setattr(slots, "_panels", {})
    slots.fill("home", "components/notice.html", lambda request: {"text": "A contest is open."})

    assert "A contest is open." in client.get("/en/").content.decode()
