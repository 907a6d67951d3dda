"""The order of rooms where import-linter cannot see it: string foreign keys, template tags, templates of others."""

import importlib
import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template import engines

ROOMS = [
    "opengov",
    "accounts",
    "engagement",
    "datasets",
    "datastore",
    "requests_app",
    "disclosure",
    "stories",
    "developers",
    "hackathon",
]


def rank(module: str) -> int:
    """The place of a module's room in the table of architecture.md; -1 for what is not ours."""
    room = module.partition(".")[0]
    return ROOMS.index(room) if room in ROOMS else -1


def test_models_point_to_rooms_above_only():
    relations = [
        (model, field.related_model)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model and not field.auto_created
    ]

    downward = [f"{model._meta.label} → {other._meta.label}" for model, other in relations if points_down(model, other)]

    assert any(rank(model.__module__) > rank(other.__module__) >= 0 for model, other in relations), "there is something to judge"
    assert downward == []


def points_down(model, other) -> bool:
    return rank(model.__module__) >= 0 and rank(other.__module__) > rank(model.__module__)


def test_templates_use_tags_and_templates_of_rooms_above_only():
    libraries = engines["django"].engine.libraries
    named = re.compile(r"""{%\s*(?:load\s+(?P<tags>[^%]+?)|(?:include|extends)\s+["'](?P<template>[^"']+)["'][^%]*)\s*%}""")
    downward = []
    for path in sorted(Path(settings.BASE_DIR).glob("*/templates/**/*.*")):
        room = path.relative_to(settings.BASE_DIR).parts[0]
        for match in named.finditer(path.read_text("utf-8")):
            used = [importlib.import_module(libraries[name]).__name__ for name in tag_libraries(match["tags"])]
            used += [match["template"].replace("/", ".")] if match["template"] else []
            downward += [f"{path.name}: {module}" for module in used if rank(module) > rank(room)]

    assert downward == []


def tag_libraries(words: str | None) -> list[str]:
    """The libraries of `load a b` and of `load tag from a`."""
    names = (words or "").split()
    return names[names.index("from") + 1 :] if "from" in names else names
