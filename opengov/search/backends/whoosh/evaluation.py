"""From the tree of a query to the documents that match it and their scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ...language import stem, stems, words
from ...operators import And, Node, Not, Or, Phrase, Prefix, Word, parse, plain_words
from . import bits
from .snapshot import Postings, Snapshot


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents found, with the postings that tell how well; `is_relaxed` where only most of the words are there."""

    documents: int
    scored: list[Postings]
    is_relaxed: bool = False

    def scores(self, size: int) -> list[float]:
        """A score for each document number; of use for the documents found."""
        scores = [0.0] * size
        for postings in self.scored:
            for number, weight in zip(postings.numbers, postings.weights, strict=True):
                scores[number] += weight
        return scores


def match(snapshot: Snapshot, text: str, language: str, among: int) -> Matches:
    """What of `among` matches a text with operators. A text that says nothing matches everything.

    Where no document has all of several plain words, those count that have most of them.
    """
    evaluation = Evaluation(snapshot, language)
    tree = parse(text)
    found = evaluation.documents(tree)
    if found is None:
        return Matches(among, [])
    scored = evaluation.scored(tree)
    if not found & among and isinstance(tree, And) and all(isinstance(part, Word) for part in tree.parts):
        return _most_of(evaluation.terms(plain_words(text)), among)
    return Matches(found & among, scored)


def _most_of(terms: list[Postings], among: int) -> Matches:
    """The documents with as many of the terms as any has, if that is half of them at least."""
    at_least = [0] * len(terms)  # at_least[n] holds the documents with n + 1 of the terms or more
    for postings in terms:
        for number in range(len(terms) - 1, 0, -1):
            at_least[number] |= at_least[number - 1] & postings.documents
        at_least[0] |= postings.documents
    enough = at_least[(len(terms) - 1) // 2 :]
    return Matches(next((found & among for found in reversed(enough) if found & among), 0), terms, is_relaxed=True)


class Evaluation:
    """Reads a tree against the words of one language. `None` stands for what says nothing: stop words, signs."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self.snapshot = snapshot
        self.language = language
        self.field = f"text_{language}"
        self._begun = cache(self._read_begun)

    def documents(self, node: Node) -> int | None:
        match node:
            case And(parts):
                return self._all(self.documents(part) for part in parts)
            case Or(parts):
                told = [found for part in parts if (found := self.documents(part)) is not None]
                return self._any(told) if told else None
            case Not(part):
                found = self.documents(part)
                return None if found is None else self.snapshot.live & ~found
            case Phrase(text):
                return self._phrase(stems(text, self.language))
            case _:
                return self._all(postings.documents for postings in self.scored(node))

    def scored(self, node: Node) -> list[Postings]:
        """The postings of the words that are wanted: not those under a NOT."""
        match node:
            case And(parts) | Or(parts):
                return [postings for part in parts for postings in self.scored(part)]
            case Not(_):
                return []
            case Prefix(text):
                *whole, begun = words(text, self.language) or [""]
                return self.terms(whole) + ([self._begun(begun)] if len(begun) > 1 else [])
            case Word(text) | Phrase(text):
                return self.terms([text])

    def terms(self, texts: Iterable[str]) -> list[Postings]:
        found = dict.fromkeys(stem for text in texts for stem in stems(text, self.language) if stem)
        return [self.snapshot.postings(self.field, stem) for stem in found]

    @staticmethod
    def _all(sets: Iterable[int | None]) -> int | None:
        told = [documents for documents in sets if documents is not None]
        if not told:
            return None
        common = told[0]
        for documents in told[1:]:
            common &= documents
        return common

    @staticmethod
    def _any(sets: Iterable[int]) -> int:
        union = 0
        for documents in sets:
            union |= documents
        return union

    def _phrase(self, phrase: list[str]) -> int | None:
        """The documents in which these stems follow each other; an empty one leaves room for any word."""
        wanted = [(place, stem) for place, stem in enumerate(phrase) if stem]
        common = self._all(self.snapshot.postings(self.field, stem).documents for _, stem in wanted)
        if not common or len(wanted) == 1:
            return common
        places = [(place, self.snapshot.places(self.field, stem, common)) for place, stem in wanted]
        return bits.from_numbers((number for number in bits.numbers(common) if _follow(number, places)), self.snapshot.size)

    def _read_begun(self, beginning: str) -> Postings:
        """All that begins so, as one word: by the stems in use, and by the stems of the whole words that may be suggested."""
        spoken = (stem(word, self.language) for word in self.snapshot.words(f"words_{self.language}", beginning))
        return union(self.snapshot, self.field, {*self.snapshot.words(self.field, beginning), *spoken})


def union(snapshot: Snapshot, field: str, terms: Iterable[str]) -> Postings:
    """Several terms as if they were one: a document has the weight of its weightiest."""
    weights: dict[int, float] = {}
    documents = 0
    for term in terms:
        postings = snapshot.postings(field, term)
        documents |= postings.documents
        for number, weight in zip(postings.numbers, postings.weights, strict=True):
            if weight > weights.get(number, 0.0):
                weights[number] = weight
    return Postings(documents, list(weights), list(weights.values()))


def _follow(number: int, places: Sequence[tuple[int, Mapping[int, Iterable[int]]]]) -> bool:
    starts = [{place - offset for place in by_document[number]} for offset, by_document in places]
    return bool(set.intersection(*starts))
