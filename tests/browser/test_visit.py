"""A visit to the demonstration in both languages, with and without JavaScript: from the front page to a file, and a word back."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from datasets.models import Enquiry, Resource

pytestmark = pytest.mark.browser

DATASET = "national-parks-attendance"
WORDS = {
    "en": {
        "query": "parks", "title": "National park attendance by year", "file": "Table in English",
        "column": "National park", "missing": "Attendance by month", "question": "Whom may I ask about trails?",
    },
    "fr": {
        "query": "parcs", "title": "Fréquentation annuelle des parcs nationaux", "file": "Tableau en français",
        "column": "Parc national", "missing": "Fréquentation par mois", "question": "À qui parler des sentiers?",
    },
}  # fmt: skip
OTHER_PAGES = [
    ("organization-list", ()), ("organization-detail", ("pc",)), ("subject-list", ()), ("subject-detail", ("transport",)),
    ("dataset-history", (DATASET,)), ("statistics", ()), ("about", ()), ("licence", ()), ("accessibility", ()), ("privacy", ()),
    ("help", ()),
]  # fmt: skip


@pytest.fixture
def demonstration(transactional_db, _portal_as_installed):
    call_command("seed_demo", few=1, verbosity=0)


def address_of(name, language, *arguments):
    with translation.override(language):
        return reverse(f"datasets:{name}", args=arguments)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "no-script"])
def test_a_visit(new_visitor, demonstration, language, java_script_enabled):
    visitor = new_visitor(java_script_enabled=java_script_enabled)
    words = WORDS[language]
    visitor.open(f"/{language}/")
    visitor.check()

    search_and_filter(visitor, words)
    change_language_and_back(visitor)
    visitor.check()
    visitor.page.get_by_role("link", name=words["title"], exact=True).click()
    visitor.check()
    change_language_and_back(visitor)
    look_into_a_file_and_take_it(visitor, words)
    say_what_was_missing(visitor, words)
    ask_about_a_dataset(visitor, words, language)


def search_and_filter(visitor, words):
    page = visitor.page
    page.locator("main #q").fill(words["query"])
    page.locator("main form[role=search] button").click()
    page.locator("#facet-format").get_by_label("CSV").check()
    if visitor.without_script:
        page.locator(".sheet__apply").click()
    page.locator(".chip", has_text="CSV").wait_for()
    assert query_of(page) == {"q": [words["query"]], "format": ["CSV"]}


def query_of(page):
    return parse_qs(urlsplit(page.url).query)


def change_language_and_back(visitor):
    """The same page in the other language, with the same search."""
    page, here = visitor.page, visitor.page.url
    other = page.locator("#other-language").get_attribute("hreflang")
    page.locator("#other-language").click()
    page.wait_for_url(f"**/{other}/**")
    assert page.locator("html").get_attribute("lang") == other
    assert query_of(page) == parse_qs(urlsplit(here).query)
    page.locator("#other-language").click()
    page.wait_for_url(here)


def look_into_a_file_and_take_it(visitor, words):
    page = visitor.page
    page.locator(".resource", has_text=words["file"]).locator("a[href$='#preview']").click()
    assert page.get_by_role("columnheader", name=words["column"], exact=True).is_visible()
    visitor.check()
    with page.expect_download() as download:
        page.locator(".page-head .button").click()
    resource = Resource.objects.get(dataset__name=DATASET, filename=download.value.suggested_filename)
    with resource.file.open() as file:
        assert download.value.path().read_bytes() == file.read()


def say_what_was_missing(visitor, words):
    """“Did you find what you were looking for?”, asked at the foot of the page."""
    page, about = visitor.page, visitor.path
    page.locator(".ask a").click()
    visitor.check()
    page.locator("main form .button").click()  # nothing said: the form asks again
    visitor.check()
    visitor.console.clear()  # the browser notes the 422 itself
    page.locator("[name=found][value=no]").check()
    page.locator("[name=text]").fill(words["missing"])
    page.locator("main form .button").click()
    visitor.check()
    enquiry = Enquiry.objects.get(text=words["missing"])
    assert (enquiry.page, enquiry.dataset.name, enquiry.found) == (about, DATASET, False)
    assert page.get_by_text(enquiry.code, exact=True).is_visible()


def ask_about_a_dataset(visitor, words, language):
    page = visitor.page
    visitor.open(address_of("contact", language) + f"?dataset={DATASET}")
    assert page.get_by_role("link", name=words["title"]).is_visible()
    page.locator("[name=text]").fill(words["question"])
    page.locator("[name=email]").fill("ada@example.org")
    page.locator("main form .button").click()
    visitor.check()
    assert Enquiry.objects.get(text=words["question"]).language == language


def test_the_other_pages_are_within_reach_of_everyone(visitor, demonstration):
    for language in ("en", "fr"):
        for name, arguments in OTHER_PAGES:
            visitor.open(address_of(name, language, *arguments))
            visitor.check()
