"""Atom feeds of the portal, each in one language."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language

from .brand import brand

ENTRIES = 50
# The Atom of an empty feed has a time too, and one that stays.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `path` leads to its page; `id` is a URI that stays; the texts are plain."""

    id: str
    title: str
    path: str
    text: str
    updated: datetime
    published: datetime | None = None
    author: str = ""
    categories: tuple[str, ...] = ()


class PortalFeed(Atom1Feed):
    """An Atom feed that says where it stands in the other language, and whose time is that of its entries."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for language, address in self.feed["other_languages"]:
            handler.addQuickElement("link", "", {"rel": "alternate", "hreflang": language, "href": address})


def feed(request: HttpRequest, entries: Iterable[Entry], *, title: str, link: str, query: str = "") -> HttpResponse:
    """The answer with a feed.

    Args:
        link: the path of the page that shows the same.
        query: of the feed's address, with its question mark.
    """
    language = get_language() or "en"
    address = settings.SITE_URL + request.path + query
    made = PortalFeed(
        title=f"{_printable(title)} – {brand().name}",
        link=settings.SITE_URL + link,
        description=None,
        language=f"{language}-CA",
        author_name=brand().name,
        feed_url=address,
        feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, address).urn,
        other_languages=[
            (code, settings.SITE_URL + translate_url(request.path, code) + query)
            for code, _name in settings.LANGUAGES
            if code != language
        ],
    )
    for entry in entries:
        made.add_item(
            title=_printable(entry.title),
            link=settings.SITE_URL + entry.path,
            description=escape(_printable(entry.text)),
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            author_name=_printable(entry.author) or None,
            categories=list(entry.categories),
        )
    response = HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    response["Last-Modified"] = http_date(made.latest_post_date().timestamp())
    return response


def _printable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return NOT_XML.sub("", text)
