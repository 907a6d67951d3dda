"""Advisory locks: one process at a time does a named thing."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


class Busy(RuntimeError):
    """Somebody else holds the lock."""


@contextmanager
def lock(name: str, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of this name while the block runs.

    On PostgreSQL it is a session lock, shared by all machines; elsewhere a file lock, shared by the processes of this one.

    Raises:
        Busy: with `wait=False`, another holds it.
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s), true" if wait else "SELECT true, pg_try_advisory_lock(%s)", [key])
            if not cursor.fetchone()[1]:
                raise Busy(name)
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
        return
    folder = settings.VAR_DIR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{hashlib.blake2b(name.encode(), digest_size=8).hexdigest()}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(name) from error
        yield
