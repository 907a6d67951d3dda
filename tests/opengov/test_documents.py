"""The documents are held to the code: their links lead somewhere, their commands and modules exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]


@pytest.fixture(params=DOCUMENTS, ids=NAMES)
def document(request) -> Path:
    return request.param


def test_the_documents_of_the_house_are_there():
    wanted = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/glossary.md", "docs/threat-model.md"]

    assert set(wanted) <= set(NAMES)
    assert "MIT License" in (ROOT / "LICENSE").read_text()


def test_links_lead_to_files_that_are_there(document):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_files_that_are_named_are_there(document):
    named = re.findall(r"`((?:opengov|accounts|datasets|tests|bin|docs|bench)/[\w./-]*)", document.read_text())

    assert [name for name in named if not (ROOT / name).exists()] == []


def test_commands_that_are_named_exist(document):
    commands = re.findall(r"(?:manage\.py|bin/manage) ([a-z]\w+)", document.read_text())
    scripts = re.findall(r"\bbin/(?!python)([a-z]+)", document.read_text())

    assert set(commands) <= get_commands().keys()
    assert [script for script in scripts if not (ROOT / "bin" / script).exists()] == []


def test_modules_that_are_named_exist(document):
    modules = re.findall(r"`((?:opengov|accounts|datasets)(?:\.[a-z_]+)+)", document.read_text())

    assert [module for module in modules if not exists(module)] == []


def exists(dotted: str) -> bool:
    """A module, or something that a module defines."""
    path, _, name = dotted.replace(".", "/").rpartition("/")
    if any((ROOT / f"{path}/{name}{end}").exists() for end in (".py", "/__init__.py")):
        return True
    module = next((ROOT / f"{path}{end}" for end in (".py", "/__init__.py") if (ROOT / f"{path}{end}").exists()), None)
    return module is not None and re.search(rf"^(?:def |class |)\b{name}\b", module.read_text(), re.MULTILINE) is not None


def test_decisions_have_a_number_each_and_say_their_state():
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))

    assert len({path.name[:4] for path in decisions}) == len(decisions) > 3
    for path in decisions:
        text = path.read_text()
        assert text.startswith(f"# {int(path.name[:4])}. ")
        assert re.search(r"^Date: \d{4}-\d\d-\d\d\. Status: ", text, re.MULTILINE)
        assert all(f"\n## {part}\n" in text for part in ("Context", "Decision", "Consequences"))


def test_the_stages_of_the_test_command_are_those_it_runs():
    script = (ROOT / "bin/test").read_text()
    stages = re.search(r"^ALL=\((.*)\)$", script, re.MULTILINE)[1].split()

    assert re.findall(r"^stage_(\w+)\(\)", script, re.MULTILINE) == stages
    assert re.findall(r"^#   (\w+) ", script, re.MULTILINE) == stages
