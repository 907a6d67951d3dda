"""Addresses that the real portal and CKAN gave out, and that stand in citations: they lead to today's pages."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, override

from ..models import Dataset, Resource
from .lookup import nothing_at


def dataset_redirect(request: HttpRequest, reference: str, language: str = "") -> HttpResponseRedirectBase:
    """From a UUID or name to the page, a tombstone too: in the language of the address, else in the reader's."""
    _refuse_null(reference)
    seen = Q(pk__in=Dataset.objects.visible_to(request.user)) | Q(pk__in=Dataset.objects.tombstones())
    dataset = Dataset.objects.at(reference).filter(seen).first()
    if dataset is None:
        raise Http404
    return _lead("datasets:dataset-detail", [dataset.name], language)


def resource_redirect(
    request: HttpRequest, reference: str, pk: UUID, leaf: str = "detail", filename: str = ""
) -> HttpResponseRedirectBase:
    """From CKAN's address of a resource, or of its file, to ours. Of a withdrawn dataset: 410 with the reason, as there."""
    _refuse_null(reference)
    resource = Resource.objects.visible_to(request.user).select_related("dataset").filter(pk=pk).first()
    if resource is None:
        raise nothing_at(reference)
    return _lead(f"datasets:resource-{leaf}", [resource.dataset.name, resource.pk], "")


def _refuse_null(reference: str) -> None:
    """PostgreSQL would not even be asked for such a text."""
    if "\0" in reference:
        raise Http404


def _lead(name: str, address: list[object], language: str) -> HttpResponseRedirectBase:
    with override(language or get_language()):
        return redirect(reverse(name, args=address), permanent=bool(language))
