"""Labels and codes of the controlled vocabularies, kept in the process for a minute."""

import time
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from ..enums import Vocabulary
from ..models import Term

KEEP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A term as pages and services need it."""

    code: str
    label_en: str
    label_fr: str
    aliases: tuple[str, ...]
    is_active: bool
    media_type: str
    openness: int | None
    url_en: str
    url_fr: str

    @property
    def label(self) -> str:
        return self.label_fr if get_language() == "fr" else self.label_en

    @property
    def url(self) -> str:
        return self.url_fr if get_language() == "fr" else self.url_en

    def __str__(self) -> str:
        return self.label


_kept: dict[str, Any] = {"at": 0.0, "choices": {}, "lookup": {}}


def forget() -> None:
    """Read the vocabularies anew at the next question."""
    _kept["at"] = 0.0


def _codes_by_text(terms: dict[str, Choice]) -> dict[str, str]:
    """What each text means: exactly a code or an alias before any case, a code before an alias (`tab` is TSV)."""
    aliases = {alias: choice.code for choice in terms.values() for alias in choice.aliases}
    return (
        {alias.casefold(): code for alias, code in aliases.items()}
        | {code.casefold(): code for code in terms}
        | aliases
        | {code: code for code in terms}
    )


def _read() -> None:
    if time.monotonic() - _kept["at"] < KEEP_SECONDS and _kept["at"]:
        return
    choices: dict[str, dict[str, Choice]] = {vocabulary: {} for vocabulary in Vocabulary.values}
    for term in Term.objects.all():
        choices[term.vocabulary][term.code] = Choice(
            term.code, term.label_en or "", term.label_fr or "", tuple(term.aliases), term.is_active,
            term.media_type, term.openness, term.url_en or "", term.url_fr or "",
        )  # fmt: skip
    lookup = {vocabulary: _codes_by_text(terms) for vocabulary, terms in choices.items()}
    _kept.update(at=time.monotonic(), choices=choices, lookup=lookup)


def choices(vocabulary: str) -> dict[str, Choice]:
    """The terms of a vocabulary by code, in their order, the retired ones too."""
    _read()
    terms: dict[str, Choice] = _kept["choices"][vocabulary]
    return terms


def choice(vocabulary: str, code: str) -> Choice | None:
    """The term of this code."""
    return choices(vocabulary).get(code)


def label(vocabulary: str, code: str) -> str:
    """The label in the active language; the code itself where the vocabulary does not know it."""
    found = choices(vocabulary).get(code)
    return found.label if found else code


def code_of(vocabulary: str, text: str) -> str | None:
    """The code that a text means: a code or one of the import aliases, in any case; `None` where none does."""
    _read()
    lookup: dict[str, str] = _kept["lookup"][vocabulary]
    text = text.strip()
    return lookup.get(text) or lookup.get(text.casefold())
