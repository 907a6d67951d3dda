"""A department publishes: four people pass a record to the public, who find it, and it is taken back. By hand and by keyboard."""

from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils import translation

from datasets.enums import Criterion
from datasets.models import Dataset
from tests.browser.hands import EACH_WAY, signed_in
from tests.factories.accounts import OrganizationFactory
from tests.factories.gates import people_of

pytestmark = pytest.mark.browser
TABLE = b"hour,height\n" + b"2024-05-06T07:00,3.2\n" * 10_000
TITLES = {"en": "Tides of Fundy", "fr": "Marées de Fundy"}
TEXTS = {
    "notes_en": "Heights at every hour.",
    "notes_fr": "Hauteurs à chaque heure.",
    "keywords_en_0": "tide",
    "keywords_fr_0": "marée",
}
REASONS = {"en": "The heights are wrong.", "fr": "Les hauteurs sont fausses."}


@pytest.fixture
def people():
    return people_of(OrganizationFactory(title_en="Fisheries and Oceans", title_fr="Pêches et Océans"))


def describe(editor):
    """A record with all that is required, and its file; sent to review."""
    editor.press(".page-head .button")
    editor.fill("#id_title_en", TITLES["en"])
    editor.fill("#id_title_fr", TITLES["fr"])
    editor.press("main form .button")
    for name, text in TEXTS.items():
        editor.fill(f"#id_{name}", text)
    editor.tick("input[name=subject][value=nature_and_environment]")
    editor.choose("#id_frequency", "P1Y")
    editor.date("#id_date_published", "2024-05-06")
    editor.press(".save-bar [name=next]")
    editor.press("main .buttons .button")
    editor.attach("#id_file", {"name": "tides.csv", "mimeType": "text/csv", "buffer": TABLE})
    editor.tick("input[name=language][value=zxx]")
    editor.press(".save-bar button")
    editor.press(".side form .button")


def review(reviewer):
    reviewer.press(".records h2 a")
    reviewer.press("aside .button")
    for criterion in Criterion:
        reviewer.unfold(f"#criterion-{criterion}")
        reviewer.tick(f"input[name=decision_{criterion}][value=met]")
    reviewer.press("button[value=pass]")


def sign(official):
    official.press(".records h2 a")
    official.press("aside .button:not(.button--quiet)")
    for name, text in {"name": "Solange Arsenault", "position": "Chief Information Officer", "text": "I approve."}.items():
        official.fill(f"#id_{name}", text)
    official.press("main form .button")


def release(publisher):
    publisher.tick("input[name=revisions]")
    publisher.press("main form .button")


def withdraw(publisher, dataset):
    publisher.visitor.open(dataset.get_absolute_url())
    publisher.press(f"a[href='{reverse('datasets:record-withdraw', args=[dataset.name])}']")
    for language, reason in REASONS.items():
        publisher.fill(f"#id_reason_{language}", reason)
    publisher.press("main form .button")


def search(citizen, language):
    """Look for the record in a language."""
    with translation.override(language):
        citizen.visitor.open(reverse("datasets:home"))
    citizen.fill("main [name=q]", TITLES[language])
    citizen.press("main [role=search] .button")


def find_and_download(citizen, language):
    search(citizen, language)
    citizen.press("main .result h3 a")
    assert citizen.page.locator("h1").inner_text() == TITLES[language]
    with citizen.page.expect_download() as download:
        citizen.activate("main .resource__actions a[href$='/download']")
    assert sha256(download.value.path().read_bytes()).digest() == sha256(TABLE).digest()


def find_that_it_is_gone(citizen, dataset, language):
    search(citizen, language)
    assert citizen.page.locator("main .result").count() == 0
    with translation.override(language):
        answer = citizen.visitor.open(dataset.get_absolute_url())
    assert answer.status == 410
    assert REASONS[language] in citizen.page.locator("main").inner_text()
    citizen.visitor.check()
    citizen.visitor.console.clear()  # the browser notes the answer 410


@EACH_WAY
def test_a_record_goes_from_its_department_to_the_public_and_back(new_visitor, people, hand, language, options):
    def arrives(role, route):
        return signed_in(hand(new_visitor(**options)), people[role], reverse(route))

    with translation.override(language):
        describe(arrives("editor", "datasets:record-list"))
        review(arrives("reviewer", "datasets:queue-review"))
        sign(arrives("imso", "datasets:queue-sign-off"))
        assert not Dataset.objects.published().exists()
        release(publisher := arrives("publisher", "datasets:queue-release"))
        dataset = Dataset.objects.published().get()
        for each in ("en", "fr"):
            find_and_download(hand(new_visitor(**options)), each)

        withdraw(publisher, dataset)

    for each in ("en", "fr"):
        find_that_it_is_gone(hand(new_visitor(**options)), dataset, each)
