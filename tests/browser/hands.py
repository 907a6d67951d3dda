"""How people go about the portal: by hand and by keyboard alone, with scripts and without, on a phone and at a desk."""

import pytest
from django.urls import reverse

from tests.factories.accounts import PASSWORD

MOST_TABS = 400


class Mouse:
    """What a hand does on a visitor's page: each `press` leads to another page, which is looked at."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def fill(self, selector, text):
        self.page.locator(selector).first.fill(text)

    def tick(self, selector):
        self.page.locator(selector).first.check()

    def pick(self, name, value):
        self.tick(f"[name={name}][value={value}]")

    def choose(self, selector, value):
        self.page.locator(selector).first.select_option(value)

    def date(self, selector, day):
        self.fill(selector, day)

    def attach(self, selector, file):
        self.page.set_input_files(selector, file)

    def activate(self, selector):
        self.page.locator(selector).locator("visible=true").first.click()

    def unfold(self, selector):
        if self.page.locator(selector).get_attribute("open") is None:
            self.activate(f"{selector} > summary")

    def press(self, selector):
        with self.page.expect_navigation():
            self.activate(selector)
        self.visitor.check()


class Keyboard(Mouse):
    """The same with Tab, Enter, Space, arrows and letters; wherever the focus goes, it is seen."""

    LOOK = """selector => {
        const it = document.activeElement;
        const is_framed = one => {
            const style = getComputedStyle(one);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        };
        const is_seen = is_framed(it) || is_framed(it.parentElement) || it === document.body;
        return [it.matches(selector), is_seen, it.outerHTML.slice(0, 200)];
    }"""

    def __init__(self, visitor):
        super().__init__(visitor)
        self.page.on("filechooser", lambda chooser: None)  # from now on, so that none opens before it is waited for

    def reach(self, selector):
        for _tab in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            is_there, is_seen, html = self.page.evaluate(self.LOOK, selector)
            assert is_seen, f"nobody sees that the focus is here: {html}"
            if is_there:
                return
        pytest.fail(f"{self.visitor.path}: Tab does not lead to {selector}")

    def fill(self, selector, text):
        self.reach(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def tick(self, selector):
        self.reach(selector)
        self.page.keyboard.press("Space")

    def pick(self, name, value):
        """Tab leads to a group of radio buttons, the arrows to one of them."""
        self.reach(f"[name={name}]")
        self.page.keyboard.press("Space")
        for _other in range(self.page.locator(f"[name={name}]").count()):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"{self.visitor.path}: the arrows do not lead to {value}")

    def choose(self, selector, value):
        self.reach(selector)
        self.page.keyboard.type(self.page.locator(f"{selector} option[value={value}]").inner_text())

    def date(self, selector, day):
        self.reach(selector)
        year, month, day = day.split("-")
        self.page.keyboard.type(f"{month}{day}{year}")  # as the browser asks for it in English

    def attach(self, selector, file):
        self.reach(selector)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def activate(self, selector):
        self.reach(selector)
        self.page.keyboard.press("Enter")


EACH_WAY = pytest.mark.parametrize(
    ("hand", "language", "options"),
    [
        (Mouse, "en", {"java_script_enabled": False}),
        (Mouse, "fr", {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}),
        (Keyboard, "en", {}),
    ],
    ids=["no-script", "phone", "keyboard"],
)


def signed_in(hand, user, address):
    hand.visitor.open(f"{reverse('account_login')}?next={address}")
    hand.fill("main [name=login]", user.email)
    hand.fill("main [name=password]", PASSWORD)
    with hand.page.expect_navigation(url=f"**{address}"):
        hand.page.keyboard.press("Enter")
    hand.visitor.check()
    return hand
