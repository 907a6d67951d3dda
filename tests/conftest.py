"""What all tests share: a closed network, files and index in a folder of their own, vocabularies read anew."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("STATICFILES_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from pathlib import Path

import pytest

from datasets import counters
from datasets.selectors import terms


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.VAR_DIR = tmp_path
    terms.forget()
    counters._pending.clear()
    yield
    counters._pending.clear()


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """The folder of real data (`OPENGOV_SAMPLE_DATA`); tests that want it are skipped where it is not there."""
    folder = os.environ.get("OPENGOV_SAMPLE_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("OPENGOV_SAMPLE_DATA is not set: the tests on real data are skipped")
    return Path(folder)
