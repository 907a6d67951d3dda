"""Atom feeds of the board, each in one language: the requests as they are filtered, and what becomes of one."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opengov.caching import public_page
from opengov.feeds import ENTRIES, Entry, feed

from .forms import BoardForm
from .models import DataRequest, StatusChange
from .selectors.board import board


@public_page()
def requests(request: HttpRequest) -> HttpResponse:
    """The newest requests that are as asked; the same parameters as the page, whose own order does not matter here."""
    form = BoardForm(request.GET)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    rows = board(filters=chosen, sort="newest")[:ENTRIES]
    query = request.GET.urlencode()
    query = f"?{query}" if query else ""
    link = reverse("requests:request-list") + query
    return feed(request, map(_request, rows), title=_("Request a Dataset"), link=link, query=query)


@public_page()
def one_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers to one request and to what was merged into it, and the request itself at the end."""
    row = get_object_or_404(DataRequest.objects.on_the_board(), pk=pk)
    entries = [*(_answer(row, change) for change in StatusChange.objects.told_of(row)[: ENTRIES - 1]), _request(row)]
    return feed(request, entries, title=row.title, link=row.get_absolute_url())


def _request(row: DataRequest) -> Entry:
    return Entry(
        id=_id("request", row.pk),
        title=row.title,
        path=row.get_absolute_url(),
        text=row.description,
        published=row.created_at,
        updated=_since(row),
        categories=(row.get_status_display(),),
    )


def _since(row: DataRequest) -> datetime:
    moments = [row.created_at, row.moderated_at, row.answered_at]
    return max(moment for moment in moments if moment)


def _answer(row: DataRequest, change: StatusChange) -> Entry:
    return Entry(
        id=_id("answer", change.pk),
        title=f"{change.get_status_display()} – {row.title}",
        path=row.get_absolute_url(),
        text=change.comment_fr if get_language() == "fr" else change.comment_en,
        updated=change.at,
    )


def _id(kind: str, pk: int) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"opengov.requests.{kind}.{pk}").urn
