"""The index definition as Whoosh's schema: for each language one field to search and one to spell from, and a row a document.

`text_<language>` holds the stems of all its `Text` fields in one posting list a term, each posting with the weight that the
term has in the document: Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004), adds
up the fields before the saturation, so that a title and a description of the same word do not count as two words.
`words_<language>` holds the whole words of what may be suggested. `row` is everything else, as JSON, in a column.
"""

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

import orjson
from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec

from ...engine import Document
from ...fields import Codes, Day, Number, SortText, Text
from ...language import stems, words

LAYOUT = 1
LONGEST_TEXT = 20_000
GAP = 50
LAST_PLACE = 0xFFFF


class Codec(W3Codec):
    """Whoosh's own format, told not to look up field lengths, which our weights hold already: that look-up is a `stat` of a file
    for each single posting, and half of the time of a build. Whoosh reads what this writes as its own."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=512, compression=0)


class Places(formats.Format):
    """The places of a term in a document, 16 bits each."""

    @staticmethod
    def encode(places: Iterable[int]) -> bytes:
        return array("H", places).tobytes()

    @staticmethod
    def decode(value: bytes) -> "array[int]":
        return array("H", value)


class WeighedStems(fields.FieldType):
    """Takes (weight, usual words, texts) for each field of the language."""

    def __init__(self, language: str) -> None:
        super().__init__(Places(), analyzer=None)
        self.language = language

    def index(self, value: Iterable[tuple[float, int, list[str]]], **options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        weights: dict[str, float] = defaultdict(float)
        places: dict[str, list[int]] = defaultdict(list)
        end = 0
        for weight, usual_words, texts in value:
            of_field: dict[str, list[int]] = defaultdict(list)
            length = 0
            for text in texts:
                found = stems(text[:LONGEST_TEXT], self.language)
                for place, stem in enumerate(found, end):
                    of_field[stem].append(place)
                length += len(found)
                end += len(found) + GAP
            per_word = weight / (0.5 + 0.5 * max(length, usual_words / 2) / usual_words)
            for stem, of_stem in of_field.items():
                weights[stem] += per_word * (1 + log(len(of_stem)))
                places[stem] += of_stem
        weights.pop("", None)
        can_be_coded = end < LAST_PLACE
        for stem, weight in weights.items():
            coded = places[stem] if can_be_coded else [min(place, LAST_PLACE) for place in places[stem]]
            yield stem.encode(), 1, weight, Places.encode(coded)


class WholeWords(fields.FieldType):
    """Takes texts; remembers which folded words stand in them."""

    def __init__(self, language: str) -> None:
        super().__init__(formats.Existence(), analyzer=None)
        self.language = language

    def index(self, value: list[str], **options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word in {word for text in value for word in words(text, self.language)}:
            yield word.encode(), 1, 1.0, b""


@dataclass(frozen=True, slots=True)
class Row:
    """What the index remembers of a document, apart from its words. Lists are in the order of the definition."""

    id: str
    stamp: str
    visible_from: float
    codes: list[list[str]]
    numbers: list[float | None]
    sort_texts: list[str]
    spoken: list[list[str]]

    @classmethod
    def load(cls, data: bytes) -> "Row":
        return cls(*orjson.loads(data))


class Definition:
    """An index definition, sorted by what this engine does with each field."""

    def __init__(self, declared: Mapping[str, Any]) -> None:
        self.texts: dict[str, dict[str, Text]] = {}
        for name, field in declared.items():
            if isinstance(field, Text):
                self.texts.setdefault(field.language, {})[name] = field
        self.languages = tuple(self.texts)
        self.facets = tuple(name for name, field in declared.items() if isinstance(field, Codes))
        self.numbers = tuple(name for name, field in declared.items() if isinstance(field, Day | Number))
        self.sort_texts = tuple(name for name, field in declared.items() if isinstance(field, SortText))

    @cached_property
    def signature(self) -> str:
        """Changes with the definition and with the layout of this module: an index of another signature cannot be read."""
        texts = [
            (language, name, field.weight, field.usual_words, field.is_spoken)
            for language, of_language in self.texts.items()
            for name, field in of_language.items()
        ]
        told = repr((LAYOUT, texts, self.facets, self.numbers, self.sort_texts))
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()

    def schema(self) -> fields.Schema:
        by_language = {f"text_{language}": WeighedStems(language) for language in self.languages}
        by_language |= {f"words_{language}": WholeWords(language) for language in self.languages}
        return fields.Schema(row=fields.COLUMN(), **by_language)

    def values(self, document: Document) -> dict[str, Any]:
        """What a Whoosh writer takes for a document."""
        told = {
            language: [(field, _texts(document[name])) for name, field in of_language.items()]
            for language, of_language in self.texts.items()
        }
        spoken = {
            language: [text for field, texts in parts if field.is_spoken for text in texts] for language, parts in told.items()
        }
        row = (
            document["id"],
            document["stamp"],
            document["visible_from"],
            [document[name] for name in self.facets],
            [document[name] for name in self.numbers],
            [document[name] for name in self.sort_texts],
            list(spoken.values()),
        )
        values: dict[str, Any] = {"row": orjson.dumps(row)}
        for language, parts in told.items():
            values[f"text_{language}"] = [(field.weight, field.usual_words, texts) for field, texts in parts if texts]
            values[f"words_{language}"] = spoken[language]
        return values


def _texts(value: str | list[str]) -> list[str]:
    return [text for text in ([value] if isinstance(value, str) else value) if text]
