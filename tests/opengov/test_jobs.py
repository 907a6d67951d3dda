import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opengov.jobs import enqueue, enqueue_at, enqueue_soon, run_asked

done: list[int] = []
AGAIN = "tests.opengov.test_jobs.remember_again"


def remember(number: int) -> None:
    done.append(number)


def remember_again() -> None:
    """Somebody commits while the job runs."""
    done.append(7)
    enqueue_soon(AGAIN, after=timedelta(seconds=5))


def fail() -> None:
    raise RuntimeError("the job broke")


@pytest.fixture(autouse=True)
def _forget():
    done.clear()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("job", [remember, "tests.opengov.test_jobs.remember"])
def test_a_job_runs_after_the_commit(job):
    with transaction.atomic():
        enqueue(job, 7)
        assert done == []

    assert done == [7]


@pytest.mark.django_db(transaction=True)
def test_nothing_runs_when_the_transaction_is_rolled_back():
    with transaction.atomic():
        enqueue(remember, 7)
        transaction.set_rollback(True)

    assert done == []


@pytest.mark.django_db(transaction=True)
def test_a_job_that_breaks_in_the_process_is_logged_and_breaks_nothing_else(settings, caplog):
    settings.REDIS_URL = ""

    enqueue(fail)

    assert [(record.levelno, record.message, record.job) for record in caplog.records] == [
        (logging.ERROR, "job_failed", "tests.opengov.test_jobs.fail")
    ]


def test_a_path_that_names_no_job_is_told_at_once():
    with pytest.raises(ImportError):
        enqueue("tests.opengov.test_jobs.no_such_job")


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_with_redis_the_job_waits_in_its_queue_for_a_worker(monkeypatch):
    import django_rq
    from rq import SimpleWorker

    monkeypatch.setitem(settings.RQ_QUEUES["index"], "ASYNC", True)
    queue = django_rq.get_queue("index")

    enqueue(remember, 7, queue="index")
    assert (done, queue.count) == ([], 1)

    SimpleWorker([queue], connection=queue.connection).work(burst=True)
    assert (done, queue.count) == ([7], 0)


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_with_redis_a_job_waits_for_its_instant():
    import django_rq
    from rq.registry import ScheduledJobRegistry

    registry = ScheduledJobRegistry(queue=django_rq.get_queue("default"))
    instant = timezone.now() + timedelta(hours=1)

    with transaction.atomic():
        enqueue_at(instant, remember, 7)
        assert registry.get_job_ids() == []

    (job,) = registry.get_job_ids()
    assert abs(registry.get_scheduled_time(job) - instant) < timedelta(seconds=1)
    registry.remove(job, delete_job=True)


@pytest.mark.django_db(transaction=True)
def test_without_redis_an_instant_is_left_to_the_periodic_jobs(settings):
    settings.REDIS_URL = ""

    enqueue_at(timezone.now(), remember, 7)

    assert done == []


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_with_redis_all_who_ask_soon_share_a_job_until_it_begins():
    import django_rq
    from rq.registry import ScheduledJobRegistry

    registry = ScheduledJobRegistry(queue=django_rq.get_queue("default"))
    with transaction.atomic():
        enqueue_soon(AGAIN, after=timedelta(seconds=5))
        transaction.set_rollback(True)
    for _each in range(3):
        enqueue_soon(AGAIN, after=timedelta(seconds=5))
    assert len(registry.get_job_ids()) == 1

    run_asked(AGAIN)  # what a worker does

    assert done == [7]
    assert len(registry.get_job_ids()) == 2
    for job in registry.get_job_ids():
        registry.remove(job, delete_job=True)
