"""The container files, read and not run: every part has a health check, and what they name is there."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_the_parts_are_those_of_the_architecture():
    assert set(SERVICES) == {"migrate", "web", "worker", "scheduler", "postgresql", "redis"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_part_that_stays_has_a_health_check(name):
    check = SERVICES[name]["healthcheck"]

    assert check["test"][0] == "CMD"
    assert {"interval", "timeout"} <= check.keys()


def test_who_depends_on_another_waits_until_it_is_healthy_or_done():
    for service in SERVICES.values():
        for other, condition in service.get("depends_on", {}).items():
            expected = "service_completed_successfully" if other == "migrate" else "service_healthy"
            assert condition == {"condition": expected}
            assert other == "migrate" or "healthcheck" in SERVICES[other]


def test_the_commands_exist():
    texts = [
        " ".join(part)
        for service in SERVICES.values()
        for part in (service.get("command", []), service["healthcheck"].get("test", []))
    ]
    texts.append((ROOT / "Dockerfile").read_text())
    commands = re.findall(r"manage\.py (\w+)", "\n".join(texts))

    assert {"migrate", "rqworker", "rqcron", "jobs_alive", "collectstatic"} <= set(commands)
    assert set(commands) <= get_commands().keys()


def test_no_secret_is_written_down():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "SECRET" in name or "PASSWORD" in name or "PASSWORD" in value:
                assert ":?" in value, f"{name} must be given, and have no default"


def test_the_variables_given_are_settings():
    listed = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert SERVICES["web"]["environment"].keys() <= listed


def test_the_image_runs_as_nobody_special_and_leaves_secrets_out():
    dockerfile, ignored = (ROOT / "Dockerfile").read_text(), (ROOT / ".dockerignore").read_text().split()

    assert "\nUSER portal\n" in dockerfile
    assert "\nHEALTHCHECK " in dockerfile
    assert {".env", ".git", "var"} <= set(ignored)
