"""What the words typed so far may become."""

import pytest

from opengov.search.indexing import reconcile
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
PATHS = {"en": "/en/datasets/completions.json", "fr": "/fr/jeux-de-donnees/completions.json"}


@pytest.fixture
def salmon():
    DatasetFactory(
        published=True,
        title_en="Salmon counts",
        title_fr="Dénombrement du saumon",
        keywords_en=["fish ladders"],
        keywords_fr=["échelles à poissons"],
    )
    DatasetFactory(title_en="Salmon in secret", title_fr="Saumon secret")
    reconcile()


@pytest.mark.parametrize(
    ("language", "typed", "suggestions"),
    [
        ("en", "salm", ["Salmon counts"]),
        ("en", "fish lad", ["fish ladders"]),
        ("fr", "saum", ["Dénombrement du saumon"]),
        ("fr", "echel", ["échelles à poissons"]),
        ("fr", "salm", []),
        ("en", "s", []),
        ("en", "", []),
        ("en", "\0", []),
        ("en", "(" * 9_000, []),
    ],
)
def test_titles_and_keywords_of_what_is_public_in_the_language_of_the_page(client, salmon, language, typed, suggestions):
    assert client.get(PATHS[language], {"q": typed}).json() == {"suggestions": suggestions}


def test_caches_keep_suggestions_and_no_query_is_asked(client, salmon, django_assert_num_queries):
    client.get(PATHS["en"], {"q": "salm"})
    with django_assert_num_queries(0):
        answer = client.get(PATHS["en"], {"q": "salm"})

    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    assert client.get(PATHS["en"], {"q": "salm"}, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("language", "path"), [("en", "/en/"), ("fr", "/fr/"), ("en", "/en/datasets/"), ("fr", "/fr/jeux-de-donnees/")]
)
def test_the_search_fields_say_where_suggestions_are(client, language, path):
    page = client.get(path).content.decode()

    assert f'data-completions="{PATHS[language]}"' in page
    assert "datasets/completions.js" in page
