"""The content on file: complete, in both languages, with codes that exist."""

import dataclasses

import pytest

from datasets.demo import content
from datasets.demo.checking import problems
from datasets.demo.content import ContentError, read_departments

DEPARTMENTS = read_departments()
ENTRIES = [entry for department in DEPARTMENTS for entry in department.entries]


def test_content_is_of_twelve_departments_and_about_three_hundred_datasets():
    assert len(DEPARTMENTS) == 12
    assert len(ENTRIES) >= 300
    assert all(len(department.entries) >= 24 for department in DEPARTMENTS)


def test_content_has_no_problem():
    assert problems(DEPARTMENTS) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"subject": ["gardening"]}, "no code gardening of subject"),
        ({"slug": "Not a slug"}, "no slug"),
        ({"title": content.Text("Ontario", "Ontario")}, "one language: Ontario"),
        ({"keywords": content.Keywords(["a"], ["pêche", "eau", "mer"])}, "keywords ['a']"),
        ({"machine_translated": "de"}, "machine translation into de"),
        ({"published": ENTRIES[0].modified.replace(year=2030)}, "modified before it was published"),
        ({"box": (-141.0, 83.1, -52.6, 41.7)}, "box (-141.0, 83.1, -52.6, 41.7)"),
        ({"table": dataclasses.replace(ENTRIES[0].table, columns=ENTRIES[0].table.columns[-1:])}, "1 rows"),
        ({"files": ("docx",)}, "files ('docx',)"),
    ],
)
def test_a_problem_is_named(change, problem):
    department = dataclasses.replace(DEPARTMENTS[0], entries=(dataclasses.replace(ENTRIES[0], **change),))

    assert any(found.endswith(problem) for found in problems([department])), problems([department])


def test_a_relation_told_on_both_sides_is_a_problem():
    first, second = ENTRIES[:2]
    first = dataclasses.replace(first, relations=(content.Relation("supersedes", second.slug),))
    second = dataclasses.replace(second, relations=(content.Relation("superseded_by", first.slug),))

    assert len(problems([dataclasses.replace(DEPARTMENTS[0], entries=(first, second))])) == 2


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"organization": {"name": "x"}, "datasets": []}, "KeyError 'title'"),
        ({"organization": {}, "datasets": [{"slug": "housing", "titel": {}}]}, "housing: KeyError"),
        (["a list"], "a mapping is expected"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_name(raw, message):
    with pytest.raises(ContentError, match=message):
        content._whole("broken.yaml", raw, content._department)


def test_an_unknown_key_is_refused():
    raw = {"id": "a", "name": {"en": "A", "fr": "A"}, "kind": "flag", "hight": 3}

    with pytest.raises(ContentError, match="column a: unknown hight"):
        content._whole("column a", raw, content._column)


def test_french_is_typeset_with_no_break_spaces():
    for entry in ENTRIES:
        for text in (entry.title.fr, entry.description.fr):
            assert not any(f" {mark}" in text for mark in ":;?!»"), entry.slug
            assert "« " not in text, entry.slug
            assert "e-mail" not in text.lower(), entry.slug
