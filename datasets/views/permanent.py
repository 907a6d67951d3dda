"""Addresses that the real portal and CKAN gave out, and that stand in citations: they lead to today's pages."""

from contextlib import suppress
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, override

from ..models import Dataset, Resource


def dataset_redirect(request: HttpRequest, reference: str, language: str = "") -> HttpResponseRedirectBase:
    """From a UUID or name to the page, a tombstone too: in the language of the address, else in the reader's."""
    if "\0" in reference:  # PostgreSQL would not even ask
        raise Http404
    at = Q(name=reference)
    with suppress(ValueError):
        at |= Q(pk=UUID(reference))
    dataset = Dataset.objects.filter(
        at, Q(pk__in=Dataset.objects.visible_to(request.user)) | Q(pk__in=Dataset.objects.tombstones())
    ).first()
    if dataset is None:
        raise Http404
    return _lead("datasets:dataset-detail", [dataset.name], language)


def resource_redirect(request: HttpRequest, pk: UUID, leaf: str = "detail", **ignored: str) -> HttpResponseRedirectBase:
    """From CKAN's address of a resource, or of its file, to ours."""
    resource = get_object_or_404(Resource.objects.visible_to(request.user).select_related("dataset"), pk=pk)
    return _lead(f"datasets:resource-{leaf}", [resource.dataset.name, resource.pk], "")


def _lead(name: str, address: list[object], language: str) -> HttpResponseRedirectBase:
    with override(language or get_language()):
        return redirect(reverse(name, args=address), permanent=bool(language))
