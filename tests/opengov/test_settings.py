"""The environment makes the settings: what it may hold, and what a production start insists on."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from opengov import environment

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "a-production-secret-of-more-than-fifty-letters-0123456789-0123456789",
    "ALLOWED_HOSTS": "open.example.org",
    "SITE_URL": "https://open.example.org",
    "DATABASE_URL": "postgres://opengov:opengov@127.0.0.1:1/opengov",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "STORAGE_URL": "s3://key:secret@files/prefix?endpoint=https://s3.example.org&region=ca-central-1",
    "TRUSTED_PROXIES": "1",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process with these variables and no other of the portal's."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=inherited | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_example_lists_every_variable_and_no_other():
    read = re.compile(r"""env\.\w+\(\s*"([A-Z_]+)"|environ\.get\("([A-Z_]+)""")
    sources = (ROOT / "opengov/settings.py").read_text() + (ROOT / "gunicorn.conf.py").read_text()
    used = {first or second for first, second in read.findall(sources)}
    listed = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert "DATABASE_URL" in used
    assert sorted(listed) == sorted(used)


def test_without_a_secret_the_portal_does_not_start():
    started = manage("check", **PRODUCTION | {"SECRET_KEY": ""})

    assert started.returncode != 0
    assert "SECRET_KEY is not set" in started.stderr


def test_production_settings_pass_the_deployment_check():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (checked.returncode, checked.stdout) == (0, "System check identified no issues (0 silenced).\n"), checked.stderr


def test_a_public_site_that_calls_itself_by_a_local_address_is_told():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"SITE_URL": "http://127.0.0.1:8000"})

    assert checked.returncode != 0
    assert "opengov.W001" in checked.stderr


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("s3://files", {"bucket_name": "files"}),
        (
            "s3://key:se%2Fcret@files/data/public?endpoint=https://s3.example.org:9000&region=ca-central-1",
            {
                "bucket_name": "files",
                "location": "data/public",
                "access_key": "key",
                "secret_key": "se/cret",
                "endpoint_url": "https://s3.example.org:9000",
                "region_name": "ca-central-1",
            },
        ),
    ],
)
def test_files_go_to_s3_by_address(url, options):
    from storages.backends.s3 import S3Storage

    backend = environment.storage(url)

    assert backend == {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    assert S3Storage(**options).bucket_name == "files"


@pytest.mark.parametrize("url", ["s3://", "ftp://files", "var/files", ""])
def test_an_address_for_files_that_means_nothing_is_refused(url):
    with pytest.raises(ValueError, match="STORAGE_URL"):
        environment.storage(url)


def test_files_go_to_a_folder_by_default():
    assert environment.storage("file:///srv/files") == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
