"""The page of a dataset, its tombstone, its history, and its citation for programs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opengov.caching import public_page

from ..ckan.records import dump
from ..counters import count
from ..enums import Counted
from ..models import Dataset
from ..schema_org import json_ld
from ..selectors.addresses import datasets_crumb
from ..selectors.dataset_page import citation_of, dataset_page
from ..selectors.history import history_of
from ..selectors.metadata import package_of
from .lookup import dataset_at
from .revisions import ways_of_record

CITATIONS = {"bib": ("application/x-bibtex", "bibtex"), "ris": ("application/x-research-info-systems", "ris")}


@public_page()
def dataset_detail(request: HttpRequest, name: str) -> HttpResponseBase:
    """The page of a dataset; its UUID leads on to its name for good. Withdrawn: 410 with the reason."""
    try:
        row = dataset_at(request, name)
    except Http404:
        return _moved(request, name)
    count(Counted.VIEW, request, dataset_id=row.pk)
    page = dataset_page(row, request.GET.get("page", 1))
    context = {
        "page": page,
        "thing": row,
        "json_ld": json_ld(page, get_language() or "en"),
        "feed_url": reverse("datasets:dataset-feed", args=[row.name]),
        "ways": ways_of_record(request.user, row),
        "breadcrumbs": [datasets_crumb(), (str(page.title), "")],
    }
    return render(request, "datasets/dataset_detail.html", context)


def _moved(request: HttpRequest, name: str) -> HttpResponseBase:
    """From a UUID to the name."""
    try:
        return redirect(get_object_or_404(Dataset.objects.visible_to(request.user), pk=UUID(name)), permanent=True)
    except ValueError as error:
        raise Http404 from error


@public_page()
def dataset_metadata(request: HttpRequest, name: str) -> HttpResponse:
    """The record as JSON, in the shape of CKAN's `package_show`."""
    row = dataset_at(request, name)
    count(Counted.API_CALL, request)
    response = HttpResponse(dump(package_of(row)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{row.name}.json"'
    return response


@public_page()
def dataset_history(request: HttpRequest, name: str) -> HttpResponse:
    """The versions of a dataset's metadata, newest first, each with what it changed in both languages."""
    row = dataset_at(request, name)
    history = history_of(row, request.GET.get("page", 1))
    breadcrumbs = [datasets_crumb(), (str(history.title), row.get_absolute_url()), (_("History"), "")]
    context = {"history": history, "heading": _("History of the record"), "breadcrumbs": breadcrumbs}
    return render(request, "datasets/dataset_history.html", context)


@public_page()
def dataset_citation(request: HttpRequest, name: str, format: str) -> HttpResponse:
    if format not in CITATIONS:
        raise Http404
    row = dataset_at(request, name)
    count(Counted.API_CALL, request)
    media_type, method = CITATIONS[format]
    response = HttpResponse(getattr(citation_of(row), method)(), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.name}.{format}"'
    return response
