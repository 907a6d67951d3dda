"""The standing pages: organizations, subjects, prose, statistics, and what programs look for at fixed addresses."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from datasets.enums import Vocabulary
from datasets.selectors import terms
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
PROSE = ["about", "licence", "accessibility", "privacy", "help"]
LANGUAGES = ["en", "fr"]


def address(language, name, *args):
    with override(language):
        return reverse(f"datasets:{name}", args=args)


@pytest.fixture
def organization():
    owner = OrganizationFactory(name="nrcan-rncan", title_en="Natural Resources Canada", title_fr="Ressources naturelles Canada")
    DatasetFactory.create_batch(2, published=True, owner_org=owner)
    return owner


PAGES = [
    *((name, ()) for name in PROSE),
    ("organization-list", ()),
    ("organization-detail", ("nrcan-rncan",)),
    ("subject-list", ()),
    ("subject-detail", ("health_and_safety",)),
    ("statistics", ()),
    ("statistics-csv", ()),
    ("feed-new", ()),
    ("feed-updated", ()),
    ("feed-results", ()),
    ("feed-organization", ("nrcan-rncan",)),
    ("feed-subject", ("health_and_safety",)),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "args"), PAGES)
def test_anonymous_pages_may_be_kept_and_answer_304(client, organization, name, args, language):
    url = address(language, name, *args)

    first = client.get(url)
    again = client.get(url, headers={"if-none-match": first.headers["ETag"]})

    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert not first.cookies
    assert again.status_code == 304


@pytest.mark.parametrize("name", PROSE)
def test_prose_is_written_in_each_language(client, name):
    english, french = (client.get(address(language, name)).content.decode() for language in LANGUAGES)

    assert 'lang="en"' in english
    assert 'lang="fr"' in french
    prose = [page.partition("<main")[2].partition("</main>")[0] for page in (english, french)]
    assert prose[0] != prose[1]
    assert all(len(words) > 500 for words in prose)


def test_french_prose_keeps_its_spaces_from_breaking(client):
    for name in PROSE:
        words = client.get(address("fr", name)).content.decode().partition("<main")[2].partition("</main>")[0]
        assert not [sign for sign in (" :", " ;", " ?", " !", "« ", " »") if sign in words]


def test_the_licence_page_names_the_portals_licence_and_lists_the_others(client):
    page = client.get(address("en", "licence"))

    assert page.context["licence"].code == "ca-ogl-lgo"
    assert "https://open.canada.ca/en/open-government-licence-canada" in page.content.decode()
    others = {licence.code for licence in page.context["other_licences"]}
    assert others == set(terms.choices(Vocabulary.LICENSE)) - {"ca-ogl-lgo"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_organizations_and_subjects_are_not_found(client, language):
    for name, slug in [("organization-detail", "nobody"), ("subject-detail", "astrology")]:
        assert client.get(address(language, name, slug)).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("datasets:organization-detail", args=["../etc/passwd"])


def test_the_footer_leads_to_the_standing_pages_and_asks_for_feedback(client):
    page = client.get(address("fr", "about")).content.decode()

    for name in ["about", "licence", "accessibility", "privacy", "help", "statistics", "contact"]:
        assert f'href="{address("fr", name)}"' in page
    assert f'href="{address("fr", "feedback")}?page=/fr/a-propos/"' in page
