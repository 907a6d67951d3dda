import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories.accounts import UserFactory


@pytest.fixture
def person(db):
    return UserFactory()


@pytest.fixture
def posted(client, django_capture_on_commit_callbacks) -> Callable:
    """Posts with the client and sends the mails that the post causes."""

    def post(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(*args, **kwargs)

    return post


@pytest.fixture
def mailed_code():
    """Reads the code from the latest mail."""
    return lambda: re.search(r"^[A-Z0-9-]{6,12}$", mail.outbox[-1].body, re.MULTILINE)[0]


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
