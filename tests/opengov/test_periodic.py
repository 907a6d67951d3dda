import importlib
from datetime import UTC, datetime, timedelta

import django_rq
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.module_loading import import_string
from rq import SimpleWorker, cron
from rq.utils import utcformat

from opengov import periodic
from opengov.locks import lock
from opengov.periodic import Rhythm

done: list[str] = []


def first() -> None:
    done.append("first")


def broken() -> None:
    raise RuntimeError


def last() -> None:
    done.append("last")


@pytest.fixture
def table(monkeypatch):
    done.clear()
    monkeypatch.setattr(periodic, "_jobs", {})
    for name in ("first", "broken", "last"):
        periodic.register(f"{__name__}.{name}", Rhythm.HOURLY)
    return periodic._jobs


@pytest.mark.django_db
def test_the_jobs_of_a_rhythm_run_and_a_broken_one_stops_no_other(table):
    with pytest.raises(CommandError, match=f"{__name__}.broken"):
        call_command("run_periodic", "hourly")

    assert done == ["first", "last"]


@pytest.mark.django_db
def test_jobs_of_another_rhythm_rest(table):
    call_command("run_periodic", "daily")

    assert done == []


@pytest.mark.django_db
def test_a_run_that_is_not_finished_is_not_begun_again(table, capsys):
    if connection.vendor == "postgresql":
        pytest.skip("on PostgreSQL a connection has its own lock again; tests/opengov/test_locks.py holds it from two")
    with lock("periodic:hourly"):
        call_command("run_periodic", "hourly")

    assert done == []
    assert "not finished" in capsys.readouterr().out


def test_every_job_of_the_table_exists():
    assert periodic.jobs()["opengov.periodic.clear_sessions"] == Rhythm.DAILY
    assert periodic.jobs()["datasets.tasks.release_scheduled"] == Rhythm.MINUTELY, "no scheduled change is later than a minute"
    assert all(callable(import_string(path)) for path in periodic.jobs())


def test_the_queue_gets_the_same_table(monkeypatch):
    registered = []
    monkeypatch.setattr(cron, "register", lambda job, **how: registered.append((f"{job.__module__}.{job.__name__}", how["cron"])))
    schedule = importlib.import_module("opengov.schedule")

    registered.clear()
    importlib.reload(schedule)

    assert registered == [(path, periodic.CRON[rhythm]) for path, rhythm in periodic.jobs().items()]


@pytest.mark.redis
def test_a_worker_of_this_host_that_is_heard_of_is_alive():
    with pytest.raises(CommandError, match="No worker"):
        call_command("jobs_alive", "worker")

    worker = SimpleWorker([django_rq.get_queue("default")], connection=django_rq.get_connection())
    worker.register_birth()
    call_command("jobs_alive", "worker")
    worker.connection.hset(worker.key, "last_heartbeat", utcformat(datetime.now(UTC) - timedelta(hours=1)))
    with pytest.raises(CommandError, match="No worker"):
        call_command("jobs_alive", "worker")
    worker.connection.hset(worker.key, mapping={"last_heartbeat": utcformat(datetime.now(UTC)), "hostname": "another"})
    with pytest.raises(CommandError, match="No worker"):
        call_command("jobs_alive", "worker")

    worker.register_death()
