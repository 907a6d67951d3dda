"""Atom feeds, each in one language: new and updated datasets of the portal, of an organization, of a subject, of a search."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, translate_url
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Organization
from opengov.brand import brand
from opengov.caching import public_page

from .counters import count
from .enums import Counted, Vocabulary
from .models import Dataset
from .selectors import terms
from .selectors.cards import shortened
from .selectors.latest import last_updated, newest
from .selectors.results import title_of
from .selectors.search import SearchRequest, datasets_of, read, search
from .selectors.texts import text_of

ENTRIES = 50
# The Atom of an empty feed has a time too, and one that stays.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CatalogueFeed(Atom1Feed):
    """An Atom feed that says where it stands in the other language, and whose time is that of its datasets."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for language, address in self.feed["other_languages"]:
            handler.addQuickElement("link", "", {"rel": "alternate", "hreflang": language, "href": address})


@public_page()
def new(request: HttpRequest) -> HttpResponse:
    datasets = newest(Dataset.objects.published())[:ENTRIES]
    return _respond(request, datasets, title=_("New datasets"), link=reverse("datasets:dataset-list"))


@public_page()
def updated(request: HttpRequest) -> HttpResponse:
    datasets = last_updated(Dataset.objects.published())[:ENTRIES]
    return _respond(request, datasets, title=_("Updated datasets"), link=reverse("datasets:dataset-list"))


@public_page()
def organization(request: HttpRequest, name: str) -> HttpResponse:
    owner = get_object_or_404(Organization.objects.visible_to(request.user), name=name)
    datasets = last_updated(Dataset.objects.published(), owner)[:ENTRIES]
    return _respond(request, datasets, title=str(text_of(owner, "title")), link=owner.get_absolute_url())


@public_page()
def subject(request: HttpRequest, code: str) -> HttpResponse:
    choice = terms.choice(Vocabulary.SUBJECT, code)
    if choice is None:
        raise Http404
    asked = SearchRequest(language=get_language() or "en", filters={"subject": (code,)}, sort="modified", rows=ENTRIES)
    datasets = datasets_of(search(asked))
    return _respond(request, datasets, title=choice.label, link=reverse("datasets:subject-detail", args=[code]))


@public_page()
def results(request: HttpRequest) -> HttpResponse:
    """The results of a search, last changed first; the same parameters as the page. What is not understood answers 400."""
    asked = read(request.GET, get_language() or "en")
    if asked.errors:
        return HttpResponse(
            "\n".join(error.message for error in asked.errors), status=400, content_type="text/plain; charset=utf-8"
        )
    datasets = datasets_of(search(replace(asked, sort="modified", page=1, rows=ENTRIES)))
    query = asked.at(1).query_string().rstrip("?")
    return _respond(request, datasets, title=title_of(asked), link=reverse("datasets:dataset-list") + query, query=query)


def _respond(request: HttpRequest, datasets: Iterable[Dataset], *, title: str, link: str, query: str = "") -> HttpResponse:
    count(Counted.API_CALL, request)
    language = get_language() or "en"
    address = settings.SITE_URL + request.path + query
    feed = CatalogueFeed(
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
    for dataset in datasets:
        _add(feed, dataset)
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return response


def _add(feed: CatalogueFeed, dataset: Dataset) -> None:
    owner = text_of(dataset.owner_org, "title") if dataset.owner_org else text_of(dataset, "org_title_at_publication")
    feed.add_item(
        title=_printable(str(text_of(dataset, "title")) or dataset.name),
        link=settings.SITE_URL + dataset.get_absolute_url(),
        description=escape(_printable(shortened(str(text_of(dataset, "notes"))))),
        unique_id=dataset.pk.urn,
        pubdate=dataset.visible_from,
        updateddate=max(dataset.metadata_modified, dataset.visible_from or dataset.metadata_modified),
        author_name=_printable(str(owner)) or None,
        categories=[terms.label(Vocabulary.SUBJECT, code) for code in dataset.subject],
    )


def _printable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return NOT_XML.sub("", text)
