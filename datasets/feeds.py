"""Atom feeds, each in one language: new and updated datasets of the portal, of an organization, of a subject, of a search;
and the versions of one dataset."""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Organization
from opengov.caching import public_page
from opengov.feeds import ENTRIES, Entry, feed

from .counters import count
from .enums import Counted, Vocabulary
from .models import Dataset
from .selectors import terms
from .selectors.cards import shortened
from .selectors.history import versions_in_short
from .selectors.latest import last_updated, newest
from .selectors.results import title_of
from .selectors.search import SearchRequest, datasets_of, read, search
from .selectors.texts import text_of
from .selectors.tombstones import tombstone_of


@public_page()
def new(request: HttpRequest) -> HttpResponse:
    datasets = newest(Dataset.objects.published())[:ENTRIES]
    return _respond(request, datasets, title=_("New datasets"), link=reverse("datasets:dataset-list"))


@public_page()
def updated(request: HttpRequest) -> HttpResponse:
    datasets = last_updated(Dataset.objects.published())[:ENTRIES]
    return _respond(request, datasets, title=_("Updated datasets"), link=reverse("datasets:dataset-list"))


@public_page()
def dataset(request: HttpRequest, name: str) -> HttpResponse:
    """The public versions of a dataset, each with what it changed in short."""
    row = Dataset.objects.published().filter(name=name).first()
    if row is None:
        raise tombstone_of(name) or Http404()
    count(Counted.API_CALL, request)
    title, page = str(text_of(row, "title")) or row.name, reverse("datasets:dataset-history", args=[row.name])
    entries = [
        Entry(
            id=uuid.uuid5(row.pk, str(version.number)).urn,
            title=_("Version %(number)s: %(title)s") % {"number": number_format(version.number), "title": title},
            path=page,
            text="\n".join(version.lines),
            updated=version.at,
        )
        for version in versions_in_short(row, ENTRIES)
    ]
    return feed(request, entries, title=title, link=row.get_absolute_url())


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
    return feed(request, map(_entry, datasets), title=title, link=link, query=query)


def _entry(dataset: Dataset) -> Entry:
    owner = text_of(dataset.owner_org, "title") if dataset.owner_org else text_of(dataset, "org_title_at_publication")
    return Entry(
        id=dataset.pk.urn,
        title=str(text_of(dataset, "title")) or dataset.name,
        path=dataset.get_absolute_url(),
        text=shortened(str(text_of(dataset, "notes"))),
        published=dataset.visible_from,
        updated=max(dataset.metadata_modified, dataset.visible_from or dataset.metadata_modified),
        author=str(owner),
        categories=tuple(terms.label(Vocabulary.SUBJECT, code) for code in dataset.subject),
    )
