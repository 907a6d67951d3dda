from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import translation

from opengov.dates import date_text, short_day_text, short_month_text, zone_text


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("en", date(2026, 8, 1), "August 1, 2026"),
        ("fr", date(2026, 8, 1), "1er août 2026"),
        ("fr", date(2026, 8, 11), "11 août 2026"),
        ("fr", date(2026, 8, 2), "2 août 2026"),
    ],
)
def test_french_counts_the_first_of_a_month(language, value, text):
    with translation.override(language):
        assert date_text(value) == text


@pytest.mark.parametrize(("language", "day", "month"), [("en", "Nov. 1", "Nov. 2026"), ("fr", "1er nov.", "nov. 2026")])
def test_charts_have_short_names_of_months(language, day, month):
    with translation.override(language):
        assert (short_day_text(date(2026, 11, 1)), short_month_text(date(2026, 11, 1))) == (day, month)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("value|date", "1er août 2026"),
        ('value|date:"DATETIME_FORMAT"', "1er août 2026, 9 h 05"),
        ('value|date:"c"', "2026-08-01T09:05:00-04:00"),
    ],
)
def test_pages_do_so_through_the_date_filter(form, text):
    with translation.override("fr"):
        assert (
            engines["django"].from_string("{{ " + form + " }}").render({"value": datetime(2026, 8, 1, 13, 5, tzinfo=UTC)}) == text
        )


@pytest.mark.parametrize(
    ("language", "place", "text"),
    [
        ("en", "America/Toronto", "EDT"),
        ("fr", "America/Toronto", "HAE"),
        ("fr", "America/Regina", "HNC"),
        ("fr", "America/St_Johns", "HAT"),
        ("fr", "Europe/Paris", "UTC+02:00"),
        ("fr", "America/Sao_Paulo", "UTC−03:00"),
        ("fr", "UTC", "UTC"),
    ],
)
def test_a_zone_is_named_in_the_readers_language(language, place, text):
    with translation.override(language):
        assert zone_text(datetime(2026, 8, 1, 13, 5, tzinfo=ZoneInfo(place))) == text


def test_pages_name_the_zone_of_the_readers_clock():
    with translation.override("fr"):
        assert engines["django"].from_string("{{ value|zone }}").render({"value": datetime(2026, 1, 1, tzinfo=UTC)}) == "HNE"
