import pytest
from django.utils import translation

from datasets.selectors.texts import Text, alphabetical, only_language, text_of, translated_from
from tests.factories.datasets import DatasetFactory

ALONE = {"owner_org": None, "org_title_at_publication_en": "", "org_title_at_publication_fr": ""}


@pytest.mark.parametrize(
    ("language", "title_en", "title_fr", "text"),
    [
        ("en", "Tides", "Marées", Text("Tides")),
        ("fr", "Tides", "Marées", Text("Marées")),
        ("fr", "Tides", "", Text("Tides", "en")),
        ("en", None, "Marées", Text("Marées", "fr")),
        ("en", "", None, Text("")),
    ],
)
def test_text_is_the_readers_or_else_the_other_and_says_so(language, title_en, title_fr, text):
    dataset = DatasetFactory.build(title_en=title_en, title_fr=title_fr, **ALONE)
    with translation.override(language):
        assert text_of(dataset, "title") == text


def test_text_in_the_other_language_is_escaped_and_marked():
    assert Text("<b>", "fr").html == '<span lang="fr">&lt;b&gt;</span>'
    assert Text("<b>").html == "&lt;b&gt;"


@pytest.mark.parametrize(("fields", "language"), [({"title_fr": "", "notes_fr": ""}, "en"), ({"notes_fr": ""}, "")])
def test_record_is_in_one_language_only_if_it_says_nothing_in_the_other(fields, language):
    dataset = DatasetFactory.build(**ALONE, **fields)

    assert only_language(dataset) == language


@pytest.mark.parametrize(("language", "origin"), [("en", ""), ("fr", "en")])
def test_machine_translation_is_from_the_other_language(language, origin):
    dataset = DatasetFactory.build(machine_translated={"notes": "en"}, **ALONE)
    with translation.override(language):
        assert translated_from(dataset) == origin


def test_accents_and_case_do_not_part_what_stands_together():
    assert sorted(["Transport", "économie", "Éducation", "Droit"], key=alphabetical) == [
        "Droit",
        "économie",
        "Éducation",
        "Transport",
    ]
