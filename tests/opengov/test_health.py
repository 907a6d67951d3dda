import pytest

from opengov import health


@pytest.fixture(autouse=True)
def checks(monkeypatch):
    monkeypatch.setattr(health, "_checks", {"database": health.database, "queue": health.queue})
    return health._checks


def test_the_process_answers_without_asking_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_every_part_is_well(client, checks):
    health.register("index", lambda: {"documents": 3})

    answer = client.get("/readyz")

    assert answer.status_code == 200
    parts = answer.json()["parts"]
    assert list(parts) == ["database", "queue", "index"]
    assert parts["index"] == {"ok": True, "milliseconds": parts["index"]["milliseconds"], "documents": 3}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "told"),
    [(health.Unwell("The index is missing."), "The index is missing."), (OSError("/var/secret/path"), "OSError")],
)
def test_not_ready_when_a_part_is_unwell_and_no_secret_is_told(client, checks, error, told):
    def broken():
        raise error

    health.register("index", broken)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["ok"]) == (503, False)
    assert (answer.json()["parts"]["index"]["ok"], answer.json()["parts"]["index"]["error"]) == (False, told)
    assert answer.json()["parts"]["database"]["ok"]


@pytest.mark.redis
def test_with_redis_the_queue_tells_its_length_and_workers():
    assert health.queue() == {"waiting": 0, "workers": 0}


def test_without_redis_jobs_run_in_the_process(settings):
    settings.REDIS_URL = ""

    assert health.queue() == {"runs": "in the process"}


def test_a_redis_that_does_not_answer_is_not_ready(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1"
    for queue in settings.RQ_QUEUES.values():
        monkeypatch.setitem(queue, "URL", settings.REDIS_URL)

    assert not health.report()["queue"].is_well
