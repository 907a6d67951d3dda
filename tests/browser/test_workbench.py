"""A department's editor: what one writes is kept, large files come in parts, and two who write at once see both."""

import hashlib
import re

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.enums import OrganizationRole
from datasets.models import Resource, Revision, Upload
from tests.factories.accounts import PASSWORD, MembershipFactory, OrganizationFactory
from tests.factories.gates import begun, people_of, signed

pytestmark = pytest.mark.browser
LARGE = b"hour,height\n" + b"2024-05-06T07:00,3.2\n" * 250_000


@pytest.fixture
def editor():
    department = OrganizationFactory(title_en="Fisheries and Oceans", title_fr="Pêches et Océans")
    return MembershipFactory(organization=department, role=OrganizationRole.EDITOR).user


def open_workbench(visitor, language, editor, room="record-list"):
    with translation.override(language):
        login, workbench = reverse("account_login"), reverse(f"datasets:{room}")
    visitor.open(f"{login}?next={workbench}")
    visitor.page.fill("main [name=login]", editor.email)
    visitor.page.fill("main [name=password]", PASSWORD)
    visitor.page.locator("main form", has=visitor.page.locator("[name=password]")).locator("button:visible").first.click()
    visitor.page.wait_for_url(f"**{workbench}")


def press(visitor, selector):
    """Press what leads to another page, and wait for it."""
    with visitor.page.expect_navigation():
        visitor.page.locator(selector).first.click()


def test_what_one_writes_is_kept_and_a_large_file_is_sent_in_parts(visitor, editor):
    page = visitor.page
    open_workbench(visitor, "en", editor)
    press(visitor, ".page-head .button")
    page.fill("#id_title_en", "Tides of Fundy")
    press(visitor, "main form .button")

    page.fill("#id_notes_fr", "Hauteurs à chaque heure.")
    page.locator("#kept", has_text=re.compile(r"\d")).wait_for()
    page.reload()
    assert page.input_value("#id_notes_fr") == "Hauteurs à chaque heure.", "kept as one went, without a press of a button"

    press(visitor, ".save-bar [name=next]")
    press(visitor, "main .buttons .button")
    page.set_input_files("#id_file", {"name": "tides.csv", "mimeType": "text/csv", "buffer": LARGE})
    press(visitor, ".save-bar button")
    resource = Resource.objects.get()
    assert (resource.sha256, resource.format) == (hashlib.sha256(LARGE).hexdigest(), "CSV")
    assert not Upload.objects.exists()
    visitor.check()


def test_two_who_write_the_same_see_both(new_visitor, editor):
    first, second = new_visitor(), new_visitor()
    open_workbench(first, "en", editor)
    press(first, ".page-head .button")
    first.page.fill("#id_title_en", "Tides of Fundy")
    press(first, "main form .button")
    open_workbench(second, "en", editor)
    second.open(first.path)
    for visitor, title in ((first, "The first"), (second, "The second")):
        visitor.page.evaluate("document.querySelector('.record-form').removeAttribute('hx-post')")
        visitor.page.fill("#id_title_en", title)
    press(first, ".save-bar .button")

    press(second, ".save-bar .button")

    assert second.page.get_by_role("alert").get_by_role("row").nth(1).inner_text().split("\t")[1:] == ["The second", "The first"]
    second.check()
    second.console.clear()  # the browser notes the answer 409
    press(second, ".save-bar .button")
    assert Revision.objects.get().dataset.title_en == "The second"


def test_a_publisher_ticks_a_whole_page_with_one_box(visitor):
    people = people_of(OrganizationFactory())
    for _ in range(2):
        signed(begun(people), people)
    open_workbench(visitor, "en", people["publisher"], "queue-release")
    every, boxes = visitor.page.get_by_label("Tick all records of this page"), visitor.page.locator("[name=revisions]")

    every.check()
    assert [box.is_checked() for box in boxes.all()] == [True, True]
    boxes.first.uncheck()

    assert every.evaluate("box => [box.checked, box.indeterminate]") == [False, True]
    visitor.check()
