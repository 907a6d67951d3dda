"""Words of English and French text, as they are compared: without case, accents and endings. No engine, no Django.

English stems by Porter 2 (snowballstem.org). French by suffixes in the manner of Savoy's light stemmer ("A stemming procedure
and stopword list for general French corpora", JASIS 50(10), 1999), written for text whose accents are folded already, so that
« donnees » and « données » have the same stem.
"""

import re
import unicodedata
from functools import lru_cache

from whoosh.lang.porter2 import stem as porter2

_MARKS = re.compile("[\u0300-\u036f]+")
_LETTERS = (("’", "'"), ("ʼ", "'"), ("œ", "oe"), ("æ", "ae"), ("ß", "ss"), ("ø", "o"))
_WORD = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS = {
    "en": _set("""
        a about all also an and any are as at be been but by can do does for from had has have how i if in into is it its many
        me much my no not of on or our so such than that the their them then there these they this those to was we were what
        when where which who will with would you your
    """),
    "fr": _set("""
        a ai au aucun aussi aux avec avoir c ce ces cet cette comme d dans de depuis des dont du elle elles en es est et etaient
        etait etre eu fait il ils j je l la le les leur leurs lors lui m ma mais me mes meme n ne nos notre nous on ont ou par
        pas plus pour qu que quel quelle quelles quels qui s sa sans se ses si son sont sous sur t ta tes ton tous tout toute
        toutes tres un une vos votre vous y
    """),
}

# French endings and what is left of them, longest first; the first that fits and leaves three letters is taken.
_ENDINGS = sorted(
    {
        "issements": "iss", "issement": "iss", "istiques": "ist", "istique": "ist", "atrices": "at", "atrice": "at",
        "ateurs": "at", "ateur": "at", "ations": "at", "ation": "at", "ements": "", "ement": "", "ments": "", "ment": "",
        "iennes": "ien", "ienne": "ien", "euses": "eu", "euse": "eu", "trices": "t", "trice": "t", "teurs": "t", "teur": "t",
        "elles": "el", "elle": "el", "ieres": "i", "iere": "i", "iers": "i", "ier": "i", "ances": "an", "ance": "an",
        "ences": "en", "ence": "en", "ites": "it",
        "ite": "it", "ives": "if", "ive": "if", "eux": "eu", "aux": "al", "ales": "al", "ale": "al",
        "ions": "ion", "ques": "qu", "que": "qu", "ees": "", "ee": "", "es": "", "ers": "", "er": "", "e": "", "s": "", "x": "",
    }.items(),
    key=lambda pair: -len(pair[0]),
)  # fmt: skip


def fold(text: str) -> str:
    """The text in lower case, without accents, ligatures and typographic apostrophes."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).lower()
    for letter, plain in _LETTERS:
        folded = folded.replace(letter, plain)
    return _MARKS.sub("", folded)


def sort_key(text: str) -> str:
    """What to sort a title by, in either language: without accents, case and signs; numbers by their value."""
    return " ".join(word.zfill(12) if word.isdigit() else word for word in _WORD.findall(fold(text)))


def words(text: str, language: str) -> list[str]:
    """The words of a text in order, folded; French without what is elided before an apostrophe, English without possessive s."""
    plain = fold(text)
    if "'" in plain:
        plain = _ELISION.sub(" ", plain) if language == "fr" else _POSSESSIVE.sub("", plain)
    return _WORD.findall(plain)


def stems(text: str, language: str) -> list[str]:
    """The stems of the words of a text in order, empty in the place of each that says nothing."""
    return [stem(word, language) for word in words(text, language)]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """What a folded word shares with its plural, its feminine and its derivatives; empty for a stop word (`STOP_WORDS`)."""
    if word in STOP_WORDS[language]:
        return ""
    if len(word) < 4 or not word.isalpha():
        return word
    return _french(word) if language == "fr" else str(porter2(word))


def _french(word: str) -> str:
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + replacement
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word
