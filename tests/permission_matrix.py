"""Who may open what, as a table: addresses × roles × expected answers. An address without a row fails.

    MATRIX = read('''
                                   anonymous  person  administrator
        accounts:profile-edit      login      200     200
        POST accounts:role-end     login      404     302
    ''')

A row names a method (GET by default) and an address; `login` stands for being sent to the sign-in page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def read(table: str) -> list[Row]:
    """The rows of a table whose first line names the roles."""
    head, *lines = [line for line in table.splitlines() if line.strip()]
    roles = head.split()
    return [_row(line.split(), roles) for line in lines]


def names(patterns: Iterable[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The names of all addresses of an urlconf, with their namespace."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, pattern.namespace or namespace)
        elif pattern.name:
            yield f"{namespace}:{pattern.name}" if namespace else pattern.name


def answers(row: Row, clients: dict[str, Client], arguments: Iterable[object]) -> dict[str, str]:
    """What each role really gets, told in the words of the table. Whatever an answer changed is rolled back."""
    url = reverse(row.name, args=list(arguments))
    return {role: _ask(clients[role], row.method, url) for role in row.expected}


def _row(words: list[str], roles: list[str]) -> Row:
    *address, method, name = ["GET", *words[: -len(roles)]]
    assert len(address) <= 1, f"A row has too many words: {words}"
    return Row(method, name, dict(zip(roles, words[-len(roles) :], strict=True)))


def _ask(client: Client, method: str, url: str) -> str:
    with transaction.atomic():
        answer = client.generic(method, url)
        transaction.set_rollback(True)
    return "login" if _leads_to_sign_in(answer) else str(answer.status_code)


def _leads_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].partition("?")[0] == reverse("account_login")
