import pytest
from hypothesis import given
from hypothesis import strategies as st

from opengov.search.language import fold, sort_key, stem, stems, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Évaluation", "evaluation"),
        ("E\N{COMBINING ACUTE ACCENT}valuation", "evaluation"),
        ("ŒUVRE d’Ælfred", "oeuvre d'aelfred"),
        ("𝕊ecret", "secret"),
        ("Ⅻ ﬁn ½", "xii fin 1⁄2"),
        ("ᓄᓇᕗᑦ 🚒", "ᓄᓇᕗᑦ 🚒"),
    ],
)
def test_case_accents_and_ligatures_do_not_matter(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "L’évaluation d'impact qu'on a faite aujourd'hui", ["evaluation", "impact", "on", "a", "faite", "aujourd", "hui"]),
        ("en", "Canada's lakes, the L'Anse", ["canada", "lakes", "the", "l", "anse"]),
        ("en", "nrcan-rncan COVID-19 file_name.csv 900A", ["nrcan", "rncan", "covid", "19", "file", "name", "csv", "900a"]),
        ("fr", "vitamine D", ["vitamine", "d"]),
    ],
)
def test_words_leave_out_what_french_elides_and_english_possesses(language, text, expected):
    assert words(text, language) == expected


def test_stop_words_leave_their_place_empty():
    assert stems("bank of Canada", "en") == ["bank", "", "canada"]
    assert stems("qualité de l'eau", "fr") == ["qualit", "", "eau"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["fishery", "fisheries"]),
        ("en", ["statistic", "statistics", "statistical"]),
        ("en", ["license", "licenses", "licensing"]),
        ("fr", ["donnée", "données", "donnee", "DONNEES"]),
        ("fr", ["régional", "régionale", "régionaux", "regionales"]),
        ("fr", ["forestier", "forestière", "forestiers", "forestieres"]),
        ("fr", ["pêche", "pêches", "peche"]),
        ("fr", ["canadien", "canadienne", "canadiennes"]),
        ("fr", ["évaluation", "évaluations", "évaluateur"]),
    ],
)
def test_plurals_feminines_and_derivatives_share_a_stem(language, forms):
    assert len({stem(fold(form), language) for form in forms}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"), [("fr", "don", "données"), ("fr", "commune", "communication"), ("en", "universe", "unit")]
)
def test_words_of_other_meaning_do_not(language, one, other):
    assert stem(fold(one), language) != stem(fold(other), language)


def test_titles_sort_without_accents_and_numbers_by_value():
    titles = ["Zone 10", "« École »", "zone 9", "Eau", "étang"]

    assert sorted(titles, key=sort_key) == ["Eau", "« École »", "étang", "zone 9", "Zone 10"]


@given(st.text(), st.sampled_from(["en", "fr"]))
def test_any_text_has_stems_and_folding_twice_changes_nothing(text, language):
    assert all(isinstance(found, str) for found in stems(text, language))
    assert fold(fold(text)) == fold(text)
