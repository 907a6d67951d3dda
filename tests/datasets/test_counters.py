import threading
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import RequestFactory

from datasets import counters
from datasets.enums import Counted
from datasets.models import DailyCount, Dataset
from opengov.search.indexing import rebuild
from tests.factories.datasets import DatasetFactory

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def request(agent=BROWSER, method="get"):
    return getattr(RequestFactory(), method)("/", headers={"user-agent": agent})


def counts():
    return {(row.kind, row.dataset_id): row.count for row in DailyCount.objects.all()}


@pytest.mark.django_db
def test_uses_of_a_day_are_added_up():
    dataset = Dataset.objects.create(name="census")
    for _ in range(3):
        counters.count(Counted.VIEW, request(), dataset_id=dataset.pk)
        counters.count(Counted.SEARCH, request())
    counters.flush()
    counters.count(Counted.VIEW, request(), dataset_id=dataset.pk)
    counters.flush()

    assert counts() == {("view", dataset.pk): 4, ("view", None): 4, ("search", None): 3}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("agent", "counted"),
    [(BROWSER, 1), ("curl/8.5.0", 1), ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 0), ("", 0)],
)
def test_robots_are_left_out_and_tools_are_not(agent, counted):
    counters.count(Counted.API_CALL, request(agent))
    counters.flush()

    assert sum(counts().values()) == counted


@pytest.mark.parametrize(("kind", "counted"), [(Counted.VIEW, 0), (Counted.SEARCH, 0), (Counted.DOWNLOAD, 1)])
def test_tools_fetch_and_do_not_look(kind, counted):
    assert counters.is_robot(request("curl/8.5.0"), kind) is not bool(counted)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "leaf", ["metadata.json", "citation.bib", "../results.csv", "../results.json", "../../feeds/new.atom"]
)  # fmt: skip
def test_what_is_made_for_programs_is_counted_as_a_call(client, leaf):
    dataset = DatasetFactory(published=True)
    rebuild()

    assert client.get(urljoin(dataset.get_absolute_url(), leaf), headers={"user-agent": "curl/8.5.0"}).status_code == 200
    counters.flush()

    assert counts() == {("api_call", None): 1}


@pytest.mark.django_db
def test_head_requests_do_not_count():
    counters.count(Counted.VIEW, request(method="head"))
    counters.flush()

    assert counts() == {}


@pytest.mark.django_db
def test_counts_of_a_dataset_that_is_gone_do_not_hold_up_the_rest():
    gone = Dataset.objects.create(name="gone")
    counters.count(Counted.VIEW, request(), dataset_id=gone.pk)
    counters.count(Counted.SEARCH, request())
    gone.delete()
    counters.flush()

    assert counts() == {("view", None): 1, ("search", None): 1}


@pytest.mark.django_db
def test_counting_touches_the_database_only_when_it_is_due(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(counters, "_flushed_at", counters.time.monotonic())
    with django_assert_num_queries(0):
        counters.count(Counted.SEARCH, request())

    monkeypatch.setattr(counters, "_flushed_at", counters.time.monotonic() - counters.FLUSH_SECONDS)
    counters.count(Counted.SEARCH, request())
    assert counts() == {("search", None): 2}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_flushes_of_many_processes_at_once_lose_nothing():
    def add():
        try:
            counters._add(counters.timezone.localdate(), Counted.SEARCH, None, 5)
        finally:
            connection.close()

    threads = [threading.Thread(target=add) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counts() == {("search", None): 100}
