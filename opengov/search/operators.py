"""The portal's search operators in both languages, read into a tree: AND/ET, OR/OU, NOT/PAS, quotes, brackets, a trailing `*`.

Words side by side must all be there. Operators are in capitals. What is not well formed (an open quote, a lone bracket, an
operator without its word) is read as plain words: a reader is never told of a syntax error.
"""

import re
from dataclasses import dataclass

from .language import stems, words

_TOKEN = re.compile(r'"([^"]*)"|([()])|([^\s()"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_OPERATORS = {"AND": "and", "ET": "and", "OR": "or", "OU": "or", "NOT": "not", "PAS": "not"}
DEEPEST = 20
MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Word:
    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    parts: "tuple[Node, ...]"


Node = Word | Prefix | Phrase | Not | And | Or


class _NotWellFormedError(ValueError):
    pass


def parse(text: str) -> And | Or | Not | Word | Prefix | Phrase:
    """The tree of a text; an `And` without parts where it holds no word. Words past the 40th are not looked at."""
    try:
        return _tree(text)
    except _NotWellFormedError:
        return And(tuple(Word(word) for word in plain_words(text)))


def mended(text: str) -> str:
    """The text, or, where it is not well formed, the plain words as which it is read."""
    try:
        _tree(text)
    except _NotWellFormedError:
        return " ".join(plain_words(text))
    return text


def _tree(text: str) -> Node:
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        raise _NotWellFormedError
    return _Reader(_TOKEN.findall(text)[:MOST_WORDS]).read()


def plain_words(text: str) -> list[str]:
    """The words alone, without operators and signs."""
    return [word for word in re.findall(r'[^\s()"*]+', text.translate(_QUOTES)) if word not in _OPERATORS][:MOST_WORDS]


def has_words(text: str, language: str) -> bool:
    """Whether the text holds a word that is searched for: not only signs, operators, and words that say nothing."""
    return _says(parse(text), language)


def _says(node: Node, language: str) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_says(part, language) for part in parts)
        case Not(part):
            return _says(part, language)
        case Prefix(text):
            return any(len(word) > 1 for word in words(text, language))
        case Word(text) | Phrase(text):
            return any(stems(text, language))


class _Reader:
    """Recursive descent: either → all (OR all)*; all → one (AND? one)*; one → NOT one | ( either ) | phrase | word."""

    def __init__(self, tokens: list[tuple[str, str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def read(self) -> Node:
        node = self.either() if self.tokens else And(())
        if self.at < len(self.tokens):
            raise _NotWellFormedError
        return node

    def sign(self) -> str:
        """The operator or bracket at this place, else empty; `end` after the last token."""
        if self.at >= len(self.tokens):
            return "end"
        _, bracket, word = self.tokens[self.at]
        return bracket or _OPERATORS.get(word, "")

    def either(self) -> Node:
        parts = [self.all()]
        while self.sign() == "or":
            self.at += 1
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all(self) -> Node:
        parts = [self.one()]
        while self.sign() not in ("or", ")", "end"):
            self.at += self.sign() == "and"
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self) -> Node:
        sign = self.sign()
        if sign in ("end", "and", "or", ")") or self.depth > DEEPEST:
            raise _NotWellFormedError
        phrase, _, word = self.tokens[self.at]
        self.at += 1
        if not sign:
            return self.leaf(phrase, word)
        self.depth += 1
        part = Not(self.one()) if sign == "not" else self.group()
        self.depth -= 1
        return part

    def group(self) -> Node:
        inner = self.either()
        if self.sign() != ")":
            raise _NotWellFormedError
        self.at += 1
        return inner

    def leaf(self, phrase: str, word: str) -> Node:
        if not word:
            return Phrase(phrase)
        return Prefix(word.rstrip("*")) if word.endswith("*") and len(word.rstrip("*")) > 1 else Word(word.rstrip("*"))
