"""Ask every address that the portal knows, and compare what is told.

Whoever may not see a record must be told the same as where there is no such record: `walk` asks, `differences` compares two
walks, and `naming` finds the answers that hold a word of the record. A new address joins by itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from datasets import counters
from opengov import urls
from tests.permission_matrix import names

# What differs between two answers to the same question: the person's tokens, a challenge, how long it took, when it was.
CHANGING = re.compile(
    r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|"milliseconds": |nonce-|error-page__id">[^<]*<code>'
    r'|"(?:challenge|salt|signature)": ")[\w+/=?&-]+'
)
CHANGING_HEADERS = {"Cache-Control", "Content-Length", "ETag", "Expires", "Last-Modified", "Set-Cookie", "X-Request-ID"}


@dataclass(frozen=True)
class Answer:
    """`whole` is all that was said; the rest is what two answers to the same question have in common."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    whole: str = field(compare=False)


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    route: str

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.route})"


Walk = dict[tuple[str, Question], Answer]


def routes() -> list[str]:
    """The names of all addresses of the portal, but for django-rq's of queues and jobs: it has them where there is a Redis."""
    return [name for name in dict.fromkeys(names(urls.urlpatterns)) if not name.startswith("admin:django_rq")]


def address(route: str, arguments: Iterable[object], *, language: str = "en", method: str = "GET", query: str = "") -> Question:
    with translation.override(language):
        try:
            path = reverse(route, args=list(arguments))
        except NoReverseMatch as error:
            raise AssertionError(f"The walk has no value for the arguments of {route}: give it one beside its matrix.") from error
    return Question(method, path + query, route)


def walk(people: Mapping[str, Client], questions: Iterable[Question]) -> Walk:
    """What each is told. Whatever an answer changed is rolled back."""
    asked = list(dict.fromkeys(questions))
    counters._pending.clear()
    return {(name, question): _ask(client, question) for name, client in people.items() for question in asked}


def differences(before: Walk, after: Walk) -> list[Question]:
    """The questions of both that are answered otherwise."""
    return [question for (who, question), answer in after.items() if answer != before[who, question]]


def naming(told: Walk, words: Iterable[str]) -> dict[tuple[str, Question], set[str]]:
    """The answers that hold one of the words, but for words that the question itself holds."""
    words = {word.lower() for word in words}
    found = {
        key: {word for word in words if word in answer.whole and word not in unquote(key[1].path).lower()}
        for key, answer in told.items()
    }
    return {key: held for key, held in found.items() if held}


def _ask(client: Client, question: Question) -> Answer:
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(question.method, question.path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    body, headers = content.decode(errors="replace"), sorted(response.headers.items())
    lasting = tuple((name, value) for name, value in headers if name not in CHANGING_HEADERS)
    said = f"{headers} {unquote(str(headers))} {body}".lower()
    return Answer(response.status_code, lasting, CHANGING.sub(r"\1", body), said)
