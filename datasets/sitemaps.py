"""Sitemaps: an index, one map of the standing pages, and maps of datasets by ranges of their ids.

django.contrib.sitemaps gives the format; its classes are not used: with languages they list every item of every page in
memory, and find a page by counting from the beginning. Here each map is one range of the primary key.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import Mod, RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from accounts.models import Organization
from opengov.caching import public_page

from .enums import Vocabulary
from .models import Dataset
from .selectors import terms

DATASETS_A_MAP = 4_000
LANGUAGES = [code for code, _name in settings.LANGUAGES]
STANDING = (
    "home",
    "organization-list",
    "subject-list",
    "about",
    "licence",
    "accessibility",
    "privacy",
    "help",
    "statistics",
    "contact",
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'


@dataclass(frozen=True, slots=True)
class IndexItem:
    location: str
    last_mod: datetime | None = None


@public_page()
def index(request: HttpRequest) -> HttpResponse:
    addresses = [reverse("sitemap-pages"), *(reverse("sitemap-datasets", args=[start]) for start in _starts())]
    items = [IndexItem(settings.SITE_URL + address) for address in addresses]
    return render(request, "sitemap_index.xml", {"sitemaps": items}, content_type="application/xml")


@public_page()
def pages(request: HttpRequest) -> HttpResponse:
    """Standing pages, organizations and subjects."""
    organizations = Organization.objects.order_by("name").values_list("name", flat=True)
    subjects = terms.choices(Vocabulary.SUBJECT)
    entries = [
        *((address, None) for name in STANDING for address in [_addresses(name)]),
        *_of_slugs("organization-detail", ((name, None) for name in organizations)),
        *_of_slugs("subject-detail", ((code, None) for code in subjects)),
    ]
    return _respond(entries)


@public_page()
def datasets(request: HttpRequest, start: UUID) -> HttpResponse:
    """The public datasets from this id on, as many as one map holds."""
    rows = Dataset.objects.published().filter(pk__gte=start).order_by("pk").values_list("name", "metadata_modified")
    return _respond(_of_slugs("dataset-detail", rows[:DATASETS_A_MAP]))


def _starts() -> Iterable[UUID]:
    """The ids with which the maps of datasets begin."""
    numbered = Dataset.objects.published().annotate(place=Window(RowNumber(), order_by=F("pk").asc()))
    first_of_each = numbered.annotate(rest=Mod(F("place"), DATASETS_A_MAP)).filter(rest=1 % DATASETS_A_MAP)
    return first_of_each.order_by("pk").values_list("pk", flat=True)


def _addresses(name: str, *args: str) -> dict[str, str]:
    """The address of a page by language."""
    addresses = {}
    for language in LANGUAGES:
        with override(language):
            addresses[language] = settings.SITE_URL + reverse(f"datasets:{name}", args=args)
    return addresses


Entry = tuple[dict[str, str], datetime | None]


def _of_slugs(name: str, rows: Iterable[tuple[str, datetime | None]]) -> Iterator[Entry]:
    """The pages of things that go by slug; the address is worked out once, not once for each."""
    patterns = _addresses(name, "SLUG")
    for slug, modified in rows:
        yield {language: pattern.replace("SLUG", slug) for language, pattern in patterns.items()}, modified


def _respond(entries: Iterable[Entry]) -> HttpResponse:
    body = "".join(_url(addresses, language, modified) for addresses, modified in entries for language in LANGUAGES)
    return HttpResponse(f"{HEAD}\n{body}</urlset>\n", content_type="application/xml")


def _url(addresses: dict[str, str], language: str, modified: datetime | None) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(addresses[shown])}"/>'
        for code, shown in [*zip(LANGUAGES, LANGUAGES, strict=True), ("x-default", settings.LANGUAGE_CODE)]
    )
    lastmod = f"<lastmod>{modified:%Y-%m-%d}</lastmod>" if modified else ""
    return f"<url><loc>{escape(addresses[language])}</loc>{lastmod}{others}</url>\n"
