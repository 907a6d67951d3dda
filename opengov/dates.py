"""Days as the reader's language writes them."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

FIRST_OF_MONTH = re.compile(r"^1 (?=[^\W\d])")


def with_ordinal(text: str) -> str:
    """French counts the first of a month, and no other day: 1er août, 2 août."""
    return FIRST_OF_MONTH.sub("1er ", text) if get_language() == "fr" else text


def date_text(value: date) -> str:
    """August 1, 2026; in French 1er août 2026."""
    return with_ordinal(date_format(value))
