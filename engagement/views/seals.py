"""The seals of the log of votes, for everybody who wants to keep them."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opengov.caching import public_page
from opengov.paging import page_of

from ..models import ChainSeal, Proof

PER_PAGE = 48


@public_page()
def seal_list(request: HttpRequest) -> HttpResponse:
    """What is sealed and how to check it, in plain words; two days of seals on a page."""
    page = page_of(ChainSeal.objects.only("at", "seal"), PER_PAGE, request.GET.get("page"))
    title = _("Seals of the votes")
    context = {
        "title": title,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "proof": Proof.objects.first(),
        "breadcrumbs": [(title, "")],
    }
    return render(request, "engagement/seals.html", context)


@public_page()
def seal_csv(request: HttpRequest) -> HttpResponse:
    """All seals, oldest first: what `manage.py recount --seals` reads."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="seals.csv"'
    csv.writer(response).writerows([("at", "seal"), *_all()])
    return response


@public_page()
def seal_json(request: HttpRequest) -> JsonResponse:
    """All seals, oldest first."""
    return JsonResponse({"seals": [{"at": at, "seal": seal} for at, seal in _all()]})


def _all() -> list[tuple[str, Any]]:
    return [(at.isoformat(), seal) for at, seal in ChainSeal.objects.order_by("at").values_list("at", "seal")]
