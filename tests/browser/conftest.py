"""What browser journeys share: a visitor who notices what visitors should not meet."""

import os

os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "localhost")  # passkeys want a name, not a number

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response, ViewportSize

from datasets.models import Term
from datasets.services.vocabularies import load_vocabularies

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW: ViewportSize = {"width": 320, "height": 800}
WIDE: ViewportSize = {"width": 1280, "height": 900}


class Visitor:
    """A page in Chromium, and a record of what went wrong on it.

    `check()` looks at the page as it is: no axe violation, no sideways scroll at 320 px, nor as wide as the window is. Axe is a
    script itself, so that without scripts the look is at the width alone. When the journey ends, the fixture asserts that nothing
    was said on the console and no other host was asked.
    """

    def __init__(self, context: BrowserContext, base_url: str, *, without_script: bool) -> None:
        self.context, self.base_url, self.without_script = context, base_url, without_script
        self.console: list[str] = []
        self.strangers: list[str] = []
        self.page: Page = context.new_page()
        self.page.on(
            "console", lambda message: self.console.append(message.text) if message.type in {"error", "warning"} else None
        )
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    def open(self, path: str) -> Response | None:
        return self.page.goto(self.base_url + path)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def check(self) -> None:
        if not self.without_script:
            axe = Axe().run(self.page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
            found = [
                (rule["id"], [(node["html"], node["failureSummary"]) for node in rule["nodes"]])
                for rule in axe.response["violations"]
            ]
            assert found == [], self.path
        own = self.page.viewport_size or WIDE
        for size in (NARROW, own):
            self.page.set_viewport_size(size)
            width = self.page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{self.path} scrolls sideways in {size['width']} px: {width} px"

    def _note(self, url: str) -> None:
        if urlsplit(url).scheme in {"http", "https"} and not url.startswith(self.base_url):
            self.strangers.append(url)


@pytest.fixture(autouse=True)
def _portal_as_installed(transactional_db) -> None:
    """The vocabularies that a migration loads are emptied after each journey."""
    load_vocabularies(term_model=Term)


@pytest.fixture
def new_visitor(browser: Browser, live_server) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors: `new_visitor(java_script_enabled=False)` and Playwright's other options of a context."""
    visitors: list[Visitor] = []

    def make(**options: object) -> Visitor:
        context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        visitors.append(Visitor(context, live_server.url, without_script=options.get("java_script_enabled") is False))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [message for visitor in visitors for message in visitor.console] == []
    assert [url for visitor in visitors for url in visitor.strangers] == []


@pytest.fixture
def visitor(new_visitor: Callable[..., Visitor]) -> Visitor:
    """A visitor with JavaScript, in a window of 1280 px."""
    return new_visitor()
