"""Text of a record in the reader's language, or in the other one and marked as such."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.html import escape, format_html
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Text:
    """A text and, where it is not in the reader's language, the language that it is in."""

    value: str
    language: str = ""

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def html(self) -> str:
        """The text, escaped, with its language marked for screen readers where it differs from the page's."""
        if not self.language:
            return escape(self.value)
        return format_html('<span lang="{}">{}</span>', self.language, self.value)


def other_language() -> str:
    """The language that the reader did not choose."""
    return "en" if get_language() == "fr" else "fr"


def text_of(row: Model, field: str) -> Text:
    """The text of a translated column, from the other language where the reader's has none; empty where neither has."""
    other = other_language()
    here = "en" if other == "fr" else "fr"
    value: Any = getattr(row, f"{field}_{here}")
    if value:
        return Text(str(value))
    value = getattr(row, f"{field}_{other}")
    return Text(str(value), other) if value else Text("")


def only_language(row: Model) -> str:
    """The one language in which a dataset is described, where it is described in one only; else nothing."""
    said = {code for code in ("en", "fr") if getattr(row, f"title_{code}") or getattr(row, f"notes_{code}")}
    return said.pop() if len(said) == 1 else ""


def alphabetical(text: str) -> str:
    """A key that sorts as people look things up: É beside E, case without meaning."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def translated_from(row: Model) -> str:
    """The language that the title or the description in the active one was machine-translated from; else nothing."""
    origins: dict[str, str] = row.machine_translated  # type: ignore[attr-defined]
    other = other_language()
    return other if other in (origins.get("title"), origins.get("notes")) else ""
