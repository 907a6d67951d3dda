"""Locks that somebody else holds."""

import threading
from contextlib import contextmanager

from django.db import connection

from opengov.locks import lock


@contextmanager
def held_elsewhere(name: str):
    """The lock of this name, held by another thread with a connection of its own."""
    taken, enough = threading.Event(), threading.Event()

    def hold():
        with lock(name):
            taken.set()
            enough.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert taken.wait(10)
    yield enough
    enough.set()
    thread.join(10)
