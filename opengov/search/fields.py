"""What an index definition is made of (`search_indexes.py` of an app); every engine reads it."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any

from haystack.fields import CharField, FloatField, IntegerField, MultiValueField
from haystack.indexes import SearchIndex


class Text(CharField):
    """Words of one language: a text, or a list of texts.

    Args:
        weight: how much a word found here counts beside the other fields of the language.
        usual_words: a word of a text of this length counts `weight`, of a longer one less.
        is_spoken: its words are public enough, and spelt well enough, to be suggested to people who type.
    """

    def __init__(self, language: str, *, weight: float, usual_words: int, is_spoken: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.language = language
        self.weight = weight
        self.usual_words = usual_words
        self.is_spoken = is_spoken


class Codes(MultiValueField):
    """Codes that are compared whole, never cut into words: facets and their filters."""


class Day(IntegerField):
    """A day as its proleptic ordinal (`date.toordinal`); `None` where it is not known."""


class Number(FloatField):
    """A number to compare and to sort by; `None` where it is not known."""


class SortText(CharField):
    """What a text is sorted by in one language; see `opengov.search.language.sort_key`."""


class PortalIndex(SearchIndex):
    """An index definition. `full_prepare` gives the `Document` of an object; `index_queryset` what belongs in the index."""

    @abstractmethod
    def stamps(self) -> Iterator[tuple[str, str]]:
        """Id and stamp of each object that belongs in the index. The stamp changes with what is indexed, and is cheap."""
