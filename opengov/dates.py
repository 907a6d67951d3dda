"""Days as the reader's language writes them."""

import re
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language

FRENCH_ZONES = {
    "NST": "HNT", "NDT": "HAT", "AST": "HNA", "ADT": "HAA", "EST": "HNE", "EDT": "HAE", "CST": "HNC", "CDT": "HAC",
    "MST": "HNR", "MDT": "HAR", "PST": "HNP", "PDT": "HAP", "UTC": "UTC",
}  # fmt: skip
FIRST_OF_MONTH = re.compile(r"^1 (?=[^\W\d])")


def with_ordinal(text: str) -> str:
    """French counts the first of a month, and no other day: 1er août, 2 août."""
    return FIRST_OF_MONTH.sub("1er ", text) if get_language() == "fr" else text


def date_text(value: date) -> str:
    """August 1, 2026; in French 1er août 2026."""
    return with_ordinal(date_format(value))


def short_day_text(value: date) -> str:
    """Aug. 1; in French 1er août."""
    return with_ordinal(date_format(value, "j N" if get_language() == "fr" else "N j"))


def short_month_text(value: date) -> str:
    """Nov. 2026; in French nov. 2026."""
    return date_format(value, "N Y")


def zone_text(instant: datetime) -> str:
    """The zone of an aware instant as the reader's language abbreviates it: EST, HNE; UTC+01:00 where French has no word."""
    name = instant.tzname() or ""
    if get_language() != "fr":
        return name
    offset = instant.strftime("%z").replace("-", "−")
    return FRENCH_ZONES.get(name) or f"UTC{offset[:3]}:{offset[3:5]}"
