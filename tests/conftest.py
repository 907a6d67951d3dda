"""What all tests share: a closed network, files and index in a folder of their own, vocabularies read anew."""

import os
import shutil

# The settings read the environment once: it is made before they are loaded, here and not by pytest's own configuration.
os.environ.setdefault("DEBUG", "1")
os.environ["STATICFILES_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DJANGO_SETTINGS_MODULE"] = "opengov.settings"

from pathlib import Path

import django
import haystack
import hypothesis
import pytest

django.setup()

from django.conf import settings as portal_settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from datasets import counters
from datasets.models import Term
from datasets.selectors import terms
from datasets.services.vocabularies import load_vocabularies
from opengov import caching

# Each worker of pytest-xdist has a Redis database of its own. The settings of a worker were read before this file was: Django's
# plugin finds their name in the environment that the worker has from its parent.
if portal_settings.REDIS_URL:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    portal_settings.REDIS_URL = f"{portal_settings.REDIS_URL.rpartition('/')[0]}/{worker + 1}"
    portal_settings.CACHES["default"]["LOCATION"] = portal_settings.REDIS_URL
    for queue in portal_settings.RQ_QUEUES.values():
        queue["URL"] = portal_settings.REDIS_URL
for queue in portal_settings.RQ_QUEUES.values():  # with Redis too, a job is done before the test goes on
    queue["ASYNC"] = False

# A connection that grew old is closed at the end of a request: in a test it would take the transaction with it.
portal_settings.DATABASES["default"]["CONN_MAX_AGE"] = None

# A machine that is busy with other tests is slow to make examples; that says nothing of the code.
hypothesis.settings.register_profile("steady", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("steady")


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.VAR_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}}
    haystack.connections.reload("default")
    terms.forget()
    counters._pending.clear()
    caching.forget_instants()
    yield
    counters._pending.clear()


@pytest.fixture(autouse=True)
def _english():
    """A test that asked for a French page leaves French behind in its thread."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _what_commits_leave(request):
    """No test sees what another kept, nor misses what another emptied: the cache and the vocabularies.

    In a database both go back with the test's transaction, where it has one; tests that commit run last.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("transactional_db")
        if not Term.objects.exists():
            load_vocabularies(term_model=Term)
            terms.forget()
    yield
    if commits or os.environ.get("REDIS_URL"):
        cache.clear()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, and say why, what this run has no engine for."""
    for marker, is_there, reason in (
        ("postgresql", connection.vendor == "postgresql", "needs PostgreSQL: DATABASE_URL names none"),
        ("redis", bool(os.environ.get("REDIS_URL")), "needs Redis: REDIS_URL is not set"),
        ("browser", shutil.which("chromium") is not None, "needs Chromium: apt-get install chromium fonts-liberation"),
    ):
        if item.get_closest_marker(marker) and not is_there:
            pytest.skip(reason)


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """The folder of real data (`OPENGOV_SAMPLE_DATA`); tests that want it are skipped where it is not there."""
    folder = os.environ.get("OPENGOV_SAMPLE_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("OPENGOV_SAMPLE_DATA is not set: the tests on real data are skipped")
    return Path(folder)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, offline and without what it would fetch by itself; Playwright downloads none."""
    return {
        "executable_path": shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
