"""Words for people who type: a better spelling, and titles and keywords that go on from what stands there.

Both speak from titles and keywords that are public at that moment, in the reader's language, and from nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_, or_

from whoosh.support.levenshtein import damerau_levenshtein

from ...language import fold, stem, words
from ...operators import mended, plain_words
from . import bits
from .evaluation import match
from .snapshot import Snapshot, letters

SHORTEST = 3
RARE = 2
FAR_MORE = 20
LOOKED_AT = 60


def suggest(snapshot: Snapshot, text: str, language: str, among: int) -> str:
    """The text with its unknown and very rare words replaced by near ones, if all of it then finds something; else empty."""
    better = understood = mended(text)
    for typed in plain_words(text):
        for word in words(typed, language):
            near = _nearest(snapshot, word, language, among)
            if near:
                better = better.replace(typed, near if fold(typed) == word else fold(typed).replace(word, near), 1)
    return better if better != understood and match(snapshot, better, language, among).documents else ""


def _nearest(snapshot: Snapshot, word: str, language: str, among: int) -> str:
    """The most frequent of the nearest words, as it is spelt in a public title; empty where the word is good as it is."""
    stemmed = stem(word, language)
    if len(word) < SHORTEST or word.isdigit() or not stemmed:
        return ""
    frequency = (snapshot.postings(f"text_{language}", stemmed).documents & among).bit_count()
    if frequency > RARE:
        return ""
    least = FAR_MORE * frequency or 1
    field = f"words_{language}"
    for distance, candidates in enumerate(_near(word, snapshot.lexicon(field)), 1):
        counted = [((snapshot.postings(field, near).documents & among).bit_count(), near) for near in candidates]
        number, near = max(counted, default=(0, ""), key=lambda pair: (pair[1][:1] == word[:1], pair[0]))
        if number >= least and not (frequency and distance > 1):
            return _as_spelt(snapshot, near, language, among)
    return ""


def _near(word: str, lexicon: Iterable[tuple[str, int]]) -> tuple[list[str], list[str]]:
    """The words at a distance of 1, and of 2 for a word of more than five letters (insertions, deletions, changes, swaps)."""
    most = 2 if len(word) > 5 else 1
    its_letters = letters(word)
    found: tuple[list[str], list[str]] = ([], [])
    for other, other_letters in lexicon:
        if (its_letters ^ other_letters).bit_count() <= 2 * most and abs(len(other) - len(word)) <= most and other != word:
            distance = damerau_levenshtein(word, other, limit=most)
            if distance <= most:
                found[distance - 1].append(other)
    return found


def _as_spelt(snapshot: Snapshot, word: str, language: str, among: int) -> str:
    """The word with its accents, from the first public document that has it."""
    number = bits.numbers(snapshot.postings(f"words_{language}", word).documents & among)[0]
    for text in spoken(snapshot, number, language):
        for spelt in re.findall(r"[^\W_]+", text):
            if fold(spelt) == word:
                return str(spelt.lower())
    return word


def complete(snapshot: Snapshot, text: str, language: str, among: int, limit: int) -> list[str]:
    """See `PortalBackend.complete`. What begins with the text comes before what only has its words."""
    *whole, begun = words(text, language) or [""]
    if len(begun) < 2 and not whole:
        return []
    field = f"words_{language}"
    beginning = reduce(or_, (snapshot.postings(field, word).documents for word in snapshot.words(field, begun)), 0)
    found = bits.numbers(reduce(and_, (snapshot.postings(field, word).documents for word in whole), beginning & among))
    found.sort(key=snapshot.rank(("-popularity",)).__getitem__)
    start = fold(text)
    fitting = dict.fromkeys(_fitting(snapshot, found[:LOOKED_AT], language, whole, begun))
    return sorted(fitting, key=lambda told: not fold(told).startswith(start))[:limit]


def _fitting(snapshot: Snapshot, numbers: Iterable[int], language: str, whole: list[str], begun: str) -> Iterator[str]:
    for number in numbers:
        for text in spoken(snapshot, number, language):
            found = words(text, language)
            if set(whole) <= set(found) and any(word.startswith(begun) for word in found):
                yield text


def spoken(snapshot: Snapshot, number: int, language: str) -> list[str]:
    """The title and the keywords of a document."""
    return snapshot.row(number).spoken[snapshot.definition.languages.index(language)]
