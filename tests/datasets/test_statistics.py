import csv
import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from datasets.enums import Counted
from datasets.models import DailyCount, Dataset
from datasets.selectors import statistics
from datasets.services.popularity import refresh_popularity
from opengov.search.models import OutboxEntry
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 15)
NOW = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)


def counted(kind, day, count, dataset=None):
    DailyCount.objects.create(kind=kind, day=day, count=count, dataset=dataset)


def test_months_are_added_up_and_empty_ones_stand_too():
    counted(Counted.SEARCH, dt.date(2026, 3, 1), 2)
    counted(Counted.SEARCH, dt.date(2026, 3, 15), 3)
    counted(Counted.VIEW, dt.date(2025, 3, 31), 7)
    counted(Counted.VIEW, dt.date(2025, 2, 28), 100)
    counted(Counted.VIEW, dt.date(2026, 3, 1), 50, DatasetFactory())

    months = statistics.months(TODAY)

    assert [month.day for month in months][::12] == [dt.date(2025, 3, 1), dt.date(2026, 3, 1)]
    assert len(months) == 13
    assert months[0].counts == {"view": 7, "download": 0, "search": 0, "empty_search": 0, "api_call": 0}
    assert months[-1].counts["search"] == 5
    assert statistics.totals()["view"] == 107


def test_most_used_are_public_datasets_of_late():
    often, seldom = DatasetFactory.create_batch(2, published=True)
    withdrawn, draft = DatasetFactory(withdrawn=True), DatasetFactory()
    counted(Counted.VIEW, TODAY, 1, seldom)
    counted(Counted.VIEW, TODAY, 3, often)
    counted(Counted.VIEW, TODAY - dt.timedelta(days=89), 3, often)
    counted(Counted.VIEW, TODAY - dt.timedelta(days=90), 99, seldom)
    counted(Counted.DOWNLOAD, TODAY, 99, seldom)
    for hidden in (withdrawn, draft):
        counted(Counted.VIEW, TODAY, 50, hidden)

    found = statistics.most_used(Counted.VIEW, TODAY)

    assert [(used.dataset, used.count) for used in found] == [(often, 6), (seldom, 1)]


def test_the_page_shows_sums_charts_and_tables(client):
    today = timezone.localdate()
    counted(Counted.DOWNLOAD, today, 1234)
    counted(Counted.EMPTY_SEARCH, today, 17)

    page = client.get("/fr/statistiques/").content.decode()

    assert page.count('<svg role="img"') == 4
    assert "1\u00a0234" in page
    assert "17" in page
    assert 'style="' not in page


def test_the_file_has_one_line_a_day(client):
    counted(Counted.SEARCH, dt.date(2026, 3, 1), 2)
    counted(Counted.VIEW, dt.date(2026, 3, 1), 5)
    counted(Counted.VIEW, dt.date(2026, 3, 3), 1)
    counted(Counted.VIEW, dt.date(2026, 3, 3), 1, DatasetFactory())

    response = client.get(reverse("datasets:statistics-csv"))

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(response.content.decode()))) == [
        ["day", "view", "download", "search", "empty_search", "api_call"],
        ["2026-03-01", "5", "0", "2", "0", "0"],
        ["2026-03-03", "1", "0", "0", "0", "0"],
    ]


@pytest.mark.parametrize("count", [1, 100])
def test_the_page_asks_the_same_queries_however_much_was_counted(client, count, django_assert_num_queries):
    for dataset in DatasetFactory.create_batch(count, published=True):
        counted(Counted.VIEW, timezone.localdate(), 1, dataset)
        counted(Counted.DOWNLOAD, timezone.localdate(), 1, dataset)

    with django_assert_num_queries(7):
        assert client.get(reverse("datasets:statistics")).status_code == 200


def test_popularity_is_views_and_three_times_the_downloads_of_90_days():
    used, forgotten, same = DatasetFactory(), DatasetFactory(popularity=8), DatasetFactory(popularity=2)
    counted(Counted.VIEW, TODAY, 4, used)
    counted(Counted.DOWNLOAD, TODAY - dt.timedelta(days=89), 2, used)
    counted(Counted.SEARCH, TODAY, 99)
    counted(Counted.VIEW, TODAY - dt.timedelta(days=90), 8, forgotten)
    counted(Counted.VIEW, TODAY, 2, same)

    assert refresh_popularity(NOW) == 2

    assert {row.pk: row.popularity for row in Dataset.objects.all()} == {used.pk: 10, forgotten.pk: 0, same.pk: 2}
    assert set(OutboxEntry.objects.values_list("object_id", flat=True)) == {str(used.pk), str(forgotten.pk)}


def test_asked_again_popularity_changes_nothing(capsys, django_assert_max_num_queries):
    counted(Counted.VIEW, timezone.localdate(), 4, DatasetFactory())
    call_command("refresh_popularity")
    with django_assert_max_num_queries(3):
        call_command("refresh_popularity")

    assert capsys.readouterr().out == "1 datasets changed.\n0 datasets changed.\n"
    assert OutboxEntry.objects.count() == 1


def test_a_day_is_the_portals_not_greenwichs():
    dataset = DatasetFactory()
    counted(Counted.VIEW, dt.date(2025, 12, 15), 1, dataset)
    with time_machine.travel(dt.datetime(2026, 3, 15, 3, tzinfo=dt.UTC)):  # the evening of the 14th in Toronto
        refresh_popularity(timezone.now())

    dataset.refresh_from_db()
    assert dataset.popularity == 1
