"""The board, one request, and asking for something."""

from http import HTTPStatus
from typing import Any

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from engagement.boards import board_of
from engagement.selectors.votes import own_ballots
from opengov.caching import public_page
from opengov.csv_files import csv_response
from opengov.errors import TooManyRequests
from opengov.paging import page_of

from ..forms import BoardForm, RequestForm
from ..models import DataRequest
from ..selectors.board import board, counts, similar_datasets, similar_requests
from ..selectors.pages import request_page
from ..services import requests as services

ROWS = 20
COLUMNS = (
    *("number", "address", "kind", "language", "title", "description", "organization", "subject", "status", "votes"),
    *("asked_on", "answered_on", "due_on", "dataset"),
)
LONGEST = 200  # title of a request


@public_page()
def request_list(request: HttpRequest) -> HttpResponse:
    form, chosen, sort = _asked(request)
    form.show_counts(counts(chosen))
    page = page_of(board(filters=chosen, sort=sort), ROWS, request.GET.get("page"))
    rows = list(page)
    context = {
        "form": form,
        "feed_url": _feed(request),
        "is_filtered": bool(chosen),
        "filters_set": len(chosen.keys() - {"q"}),
        "page": page,
        "rows": rows,
        "ballots": own_ballots(board_of("requests"), rows, request.user),
        "page_range": page.paginator.get_elided_page_range(page.number),
        "breadcrumbs": [(_("Request a Dataset"), "")],
    }
    return render(request, "requests_app/list.html", context)


@public_page()
def request_csv(request: HttpRequest) -> HttpResponse:
    """What the board shows with these filters, all of it, and nobody who asked or voted."""
    _form, chosen, sort = _asked(request)
    rows = board(filters=chosen, sort=sort)
    return csv_response([COLUMNS, *(_csv_line(row) for row in rows.iterator(chunk_size=1_000))], "requests.csv")


@public_page()
def request_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One request with its answers. Merged into another, it leads on for good."""
    row = get_object_or_404(
        DataRequest.objects.visible_to(request.user).select_related("organization", "dataset", "owner"), pk=pk
    )
    if row.merged_into_id is not None:
        return redirect("requests:request-detail", row.merged_into_id, permanent=True)
    context = {"page": request_page(row, request.user), "thing": row, "feed_url": reverse("requests:feed-request", args=[pk])}
    context |= {"breadcrumbs": [_crumb(), (row.title, "")]}
    return render(request, "requests_app/detail.html", context)


@login_required
@never_cache
def request_create(request: HttpRequest) -> HttpResponse:
    """Ask for something. What is like it is shown first: it may be on the board, or published, already."""
    first = {name: request.GET[name][:LONGEST] for name in ("title", "organization", "subject") if name in request.GET}
    form = RequestForm(request.POST if request.method == "POST" else None, initial=first)
    similar: dict[str, Any] = {}
    if form.is_valid():
        similar = {} if "anyway" in request.POST else _similar(form.cleaned_data["title"])
        if not any(similar.values()):
            return redirect(_submit(request, form))
    context = {
        "form": form,
        "similar": similar,
        "has_similar": any(similar.values()),
        "hide_feedback": True,
        "breadcrumbs": [_crumb(), (_("New request"), "")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "requests_app/create.html", context, status=status)


@login_required
@never_cache
def request_similar(request: HttpRequest) -> HttpResponse:
    """What is like a title, for the form to show while it is typed."""
    similar = _similar(request.GET.get("title", "")[:LONGEST])
    return render(request, "requests_app/similar.html", {"similar": similar})


def _similar(title: str) -> dict[str, Any]:
    return {"requests": similar_requests(title), "datasets": similar_datasets(title, get_language() or "en")}


def _submit(request: HttpRequest, form: RequestForm) -> DataRequest:
    user: Any = request.user
    if not consume(request, action="text"):
        raise TooManyRequests(retry_after=3600)
    row = services.submit(request=form.save(commit=False), author=user, language=get_language() or "en", now=timezone.now())
    if row.is_shown:
        messages.success(request, _("Thank you. Your request is on the board."))
    else:
        messages.success(
            request, _("Thank you. A moderator looks at your request before it is on the board; you will get a mail.")
        )
    return row


def _asked(request: HttpRequest) -> tuple[BoardForm, dict[str, Any], str]:
    """The form of the board, the filters that the query sets, and the order."""
    form = BoardForm(request.GET)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    return form, chosen, chosen.pop("sort", "votes")


def _csv_line(row: DataRequest) -> list[str]:
    days = [timezone.localdate(at).isoformat() if at else "" for at in (row.created_at, row.answered_at)]
    return [
        *(str(row.pk), settings.SITE_URL + row.get_absolute_url(), row.kind, row.language, row.title, row.description),
        *(row.organization.name if row.organization else "", row.subject, row.status, str(row.votes_counted), *days),
        *(row.due_on.isoformat() if row.due_on else "", row.dataset.name if row.dataset else ""),
    ]


def _feed(request: HttpRequest) -> str:
    """The address of the same requests as a feed."""
    query = request.GET.copy()
    query.pop("page", None)
    return reverse("requests:feed-list") + (f"?{query.urlencode()}" if query else "")


def _crumb() -> tuple[str, str]:
    return _("Request a Dataset"), reverse("requests:request-list")
