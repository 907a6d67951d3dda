"""A moderator clears the queue with the keyboard alone, and without scripts."""

import pytest
from django.urls import reverse
from django.utils import translation

from requests_app.models import DataRequest
from tests.factories.accounts import PASSWORD, AppointmentFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.browser
ITEMS = 50
REASON = "Asked before."


@pytest.fixture
def moderator():
    return AppointmentFactory(role="moderator").user


def fill_the_queue(items):
    """Requests and ideas, in both languages."""
    for number in range(items):
        language, kind = ("en", "fr")[number % 2], ("request", "idea")[number % 3 == 0]
        DataRequestFactory(moderation="pending", title=f"Rivers {number}", language=language, kind=kind)


def signed_in(visitor, user):
    visitor.open(f"{reverse('account_login')}?next={reverse('engagement:moderation-queue')}")
    visitor.page.fill("main [name=login]", user.email)
    visitor.page.fill("main [name=password]", PASSWORD)
    with visitor.page.expect_navigation(url=f"**{reverse('engagement:moderation-queue')}"):
        visitor.page.keyboard.press("Enter")
    return visitor.page


def decided():
    return list(DataRequest.objects.order_by("pk").values_list("moderation", "is_edited"))


def outcome(number):
    return ("rejected", False) if number % 7 == 3 else ("approved", number % 5 == 4)


def test_fifty_texts_are_decided_with_the_keyboard_alone(visitor, moderator):
    fill_the_queue(ITEMS)
    page = signed_in(visitor, moderator)
    visitor.check()
    keyboard = page.keyboard

    for number in range(ITEMS):
        assert page.evaluate("document.activeElement.id") == "current"
        assert page.locator("#current").inner_text() == f"Rivers {number}"
        if number % 7 == 3:
            keyboard.press("r")
            keyboard.type(REASON)
            with page.expect_navigation():
                keyboard.press("Enter")
            continue
        if number % 5 == 4:
            keyboard.press("e")
            keyboard.press("End")
            keyboard.type(" and lakes")
            keyboard.press("Escape")
        with page.expect_navigation():
            keyboard.press("a")
        assert page.locator("[role=status]").first.inner_text()

    assert page.locator("[data-moderation]").count() == 0
    visitor.check()
    assert decided() == [outcome(number) for number in range(ITEMS)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_queue_works_without_scripts(new_visitor, moderator, language):
    fill_the_queue(3)
    with translation.override(language):
        page = signed_in(new_visitor(java_script_enabled=False), moderator)
    page.click("[value=approve]")
    page.fill("#id_reason", REASON)
    page.press("#id_reason", "Enter")  # refuses, and lets nothing pass
    page.fill("#id_reason", REASON)
    page.click("[value=remove]")
    assert [state for state, _edited in decided()] == ["approved", "rejected", "hidden"]


def test_a_text_is_left_for_later_with_a_key(visitor, moderator):
    fill_the_queue(2)
    page = signed_in(visitor, moderator)
    with page.expect_navigation():
        page.keyboard.press("n")
    assert page.locator("#current").inner_text() == "Rivers 1"
    assert {state for state, _edited in decided()} == {"pending"}
