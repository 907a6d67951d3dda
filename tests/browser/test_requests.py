"""A request for data goes from who asks to who answers, and a voter reads the answer in the other language."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from opengov.search.indexing import rebuild
from requests_app.models import DataRequest
from tests.browser.hands import EACH_WAY, signed_in
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.gates import people_of, released_dataset
from tests.factories.staff import staff

pytestmark = pytest.mark.browser
ASKED = {"title": "Water levels by the hour", "description": "Levels of all rivers, for every hour of a year."}
UNDER_REVIEW = {"en": "We look for the tables.", "fr": "Nous cherchons les tableaux."}
PUBLISHED = {"en": "The levels are in one file a year.", "fr": "Les niveaux sont dans un fichier par année."}


@pytest.fixture
def people():
    department = OrganizationFactory(name="ec", title_en="Environment", title_fr="Environnement")
    return people_of(department) | {
        "asker": UserFactory(language="en"),
        "voter": UserFactory(language="fr"),
        "moderator": staff("moderator"),
    }


def ask(asker):
    asker.press(".page-head .button")
    for name, text in ASKED.items():
        asker.fill(f"#id_{name}", text)
    asker.choose("#id_organization", "ec")
    asker.press("main form .buttons .button")
    return DataRequest.objects.get()


def let_pass(moderator):
    moderator.press("button[name=do][value=approve]")


def vote(voter):
    """With the check that comes before a first vote: the browser's own, or by mail where there are no scripts."""
    voter.press("main .vote form .button")
    if voter.visitor.without_script:
        voter.press("form[action$='/code/'] .button")
        voter.fill("#id_code", re.search(r"\b\d{6}\b", mail.outbox.pop().body)[0])
        voter.press("form:has(#id_code) .button")
    else:
        voter.tick("altcha-widget input[type=checkbox]")
        voter.page.locator("altcha-widget [data-state=verified]").wait_for()
        voter.press("form:has(altcha-widget) .button")


def answer(editor, status, comments, **more):
    request = DataRequest.objects.get()
    editor.press(f"a[href='{reverse('requests:request-answer', args=[request.pk])}']")
    editor.pick("status", status)
    for language, comment in comments.items():
        editor.fill(f"#id_comment_{language}", comment)
    for name, value in more.items():
        editor.pick(name, value)
    editor.press("main form .buttons .button")


def told(person):
    """The subjects of what was mailed to somebody, and the texts; once."""
    mails = [each for each in mail.outbox if each.to == [person.email]]
    mail.outbox[:] = [each for each in mail.outbox if each.to != [person.email]]
    return [each.subject for each in mails], "\n".join(each.body for each in mails)


@EACH_WAY
def test_a_request_goes_from_who_asks_to_a_voter_of_the_other_language(new_visitor, people, hand, language, options):
    def comes(who, address):
        return signed_in(hand(new_visitor(**options)), people[who], address)

    with translation.override("en"):
        request = ask(comes("asker", reverse("requests:request-list")))
        assert Client().get(request.get_absolute_url()).status_code == 404
        assert told(people["asker"]) == ([], "")
    with translation.override(language):
        let_pass(comes("moderator", reverse("engagement:moderation-queue")))
    assert ASKED["title"] in told(people["asker"])[1]

    with translation.override("fr"):
        voter = comes("voter", request.get_absolute_url())
        vote(voter)
        assert voter.page.locator(".vote__count").inner_text().split() == ["1", "vote"]

    with translation.override(language):
        editor = comes("editor", request.get_absolute_url())
        answer(editor, "under_review", UNDER_REVIEW)
        dataset = released_dataset(people, title_en="Levels of rivers", title_fr="Niveaux des rivières")
        rebuild()
        answer(editor, "published", PUBLISHED, dataset=dataset.name)

    subjects, text = told(people["voter"])
    assert [subject.rpartition(" — ")[2] for subject in subjects] == ["À l'étude", "Publié"]
    assert [comment in text for comment in (UNDER_REVIEW["fr"], PUBLISHED["fr"])] == [True, True]
    assert UNDER_REVIEW["en"] not in text
    with translation.override("fr"):
        address = request.get_absolute_url()
    assert settings.SITE_URL + address in text
    voter.visitor.open(address)
    assert PUBLISHED["fr"] in voter.page.locator("main").inner_text()
    with translation.override("fr"):
        voter.press(f"main a[href='{dataset.get_absolute_url()}']")
    assert ASKED["title"] in voter.page.locator("main").inner_text()
    assert PUBLISHED["en"] in told(people["asker"])[1]
