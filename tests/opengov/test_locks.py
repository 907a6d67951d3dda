import threading

import pytest

from opengov.locks import Busy, lock
from tests.held_locks import held_elsewhere

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_does_not_wait_is_told_that_it_is_busy():
    with held_elsewhere("rebuild"), pytest.raises(Busy), lock("rebuild", wait=False):
        pass


def test_another_name_is_another_lock():
    with held_elsewhere("rebuild"), lock("reconcile", wait=False):
        pass


def test_who_waits_gets_it_when_it_is_free():
    with held_elsewhere("rebuild") as enough:
        threading.Timer(0.1, enough.set).start()
        with lock("rebuild"):
            assert enough.is_set()


def test_it_is_given_back_when_the_block_breaks():
    with pytest.raises(ZeroDivisionError), lock("rebuild"):
        raise ZeroDivisionError
    with held_elsewhere("rebuild"):
        pass
