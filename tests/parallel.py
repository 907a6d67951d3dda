"""Several things at the same moment, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from accounts.errors import AccountsError
from datasets.errors import DatasetsError
from engagement.errors import EngagementError

REFUSALS = (AccountsError, DatasetsError, EngagementError)


def at_once(*calls):
    """What each call gives when all start together: its result, or its refusal."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            barrier.wait()
            return call()
        except REFUSALS as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def crowd(calls, *, connections=40):
    """What each of many calls gives, as many at a time as there are connections."""

    def run(call):
        try:
            return call()
        except REFUSALS as error:
            return error

    with ThreadPoolExecutor(connections) as pool:
        try:
            return list(pool.map(run, calls))
        finally:
            barrier = Barrier(connections)
            list(pool.map(lambda _: (connection.close(), barrier.wait()), range(connections)))
