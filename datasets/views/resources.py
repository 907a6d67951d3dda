"""A resource: its page with a preview, its file, and what the preview draws."""

import re
from dataclasses import replace
from uuid import UUID

import rules
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opengov.caching import public_page
from opengov.file_responses import safe_file

from ..counters import count
from ..enums import Counted
from ..models import Resource, Version
from ..models.resources import path_of
from ..pictures import picture_type
from ..previews import kind_of, preview_of
from ..selectors import terms
from ..selectors.addresses import datasets_crumb
from ..selectors.history import history_of
from ..selectors.resource_page import resource_page
from ..selectors.texts import text_of
from .lookup import dataset_at, resource_at

FOLDERS = re.compile(r".*[/\\]", re.DOTALL)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class ExternalRedirect(HttpResponseRedirect):
    """To an address that a department gave; other schemes are refused by the parent with a 400."""

    allowed_schemes = ["http", "https", "ftp"]


@public_page()
def resource_detail(request: HttpRequest, name: str, pk: UUID) -> HttpResponse:
    page = resource_page(resource_at(request, name, pk))
    breadcrumbs = [datasets_crumb(), (str(page.dataset_title), page.dataset_url), (str(page.line.title), "")]
    return render(request, "datasets/resource_detail.html", {"page": page, "breadcrumbs": breadcrumbs})


@public_page()
def resource_history(request: HttpRequest, name: str, pk: UUID) -> HttpResponse:
    """The versions of a resource, newest first: what they changed, and the files that they brought."""
    resource = resource_at(request, name, pk)
    history = history_of(resource.dataset, request.GET.get("page", 1), resource=pk)
    history = replace(history, url=resource.get_absolute_url())
    dataset_title = str(text_of(resource.dataset, "title") or resource.dataset.name)
    above = (dataset_title, resource.dataset.get_absolute_url()), (str(history.title), history.url)
    context = {
        "history": history,
        "heading": _("History of the resource"),
        "breadcrumbs": [datasets_crumb(), *above, (_("History"), "")],
    }
    return render(request, "datasets/dataset_history.html", context)


@never_cache
def resource_download(request: HttpRequest, name: str, pk: UUID) -> HttpResponseBase:
    """The file of a resource, or the way to where it lies; each is counted, the later parts of one file are not."""
    resource = resource_at(request, name, pk)
    if not request.headers.get("Range", "bytes=0-").startswith("bytes=0-"):
        return stored_file(request, resource)
    count(Counted.DOWNLOAD, request, dataset_id=resource.dataset_id)
    if resource.file:
        return stored_file(request, resource)
    if not resource.url:
        raise Http404
    return ExternalRedirect(resource.url)


@never_cache
def resource_version(request: HttpRequest, name: str, pk: UUID, sha256: str) -> HttpResponseBase:
    """A file that a resource had in a public version; its department and the staff see those of other versions too."""
    dataset = dataset_at(request, name)
    versions = Version.objects.filter(dataset=dataset, resource_id=pk, data__hash=sha256).order_by("-number")
    if not rules.has_perm("datasets.view_unreleased", request.user, dataset):
        versions = versions.filter(is_public=True)
    version = versions.first()
    if version is None or version.data is None:
        raise Http404
    said = version.data
    row = Resource(file=path_of(sha256), sha256=sha256, filename=said.get("filename", ""), format=said.get("format", ""))
    return stored_file(request, row)


@public_page()
def resource_picture(request: HttpRequest, name: str, pk: UUID) -> HttpResponseBase:
    """A picture for the preview; only files that are one, whatever they call themselves."""
    resource = resource_at(request, name, pk)
    media_type = picture_type(resource) if kind_of(resource) == "image" else ""
    if not media_type:
        raise Http404
    return stored_file(request, resource, media_type=media_type, inline=True)


@public_page()
def resource_map(request: HttpRequest, name: str, pk: UUID) -> HttpResponse:
    """The light copy of a GeoJSON file that the preview's map draws."""
    preview = preview_of(resource_at(request, name, pk))
    if preview is None or preview.geo is None:
        raise Http404
    return JsonResponse(preview.geo.data, content_type="application/geo+json")


def stored_file(request: HttpRequest, resource: Resource, *, media_type: str = "", inline: bool = False) -> HttpResponseBase:
    """The bytes of a row's file, given out so that nothing executes; 404 where the storage has lost them."""
    choice = terms.choice("format", resource.format)
    try:
        return safe_file(
            request,
            lambda: resource.file.open("rb"),
            size=resource.file.size if resource.size is None else resource.size,
            filename=_bare(resource.filename) or "file",
            media_type=media_type or (choice.media_type if choice else "") or "application/octet-stream",
            etag=resource.sha256,
            inline=inline,
        )
    except FileNotFoundError as missing:
        raise Http404 from missing


def _bare(filename: str) -> str:
    """A file's name without folders and control characters, whatever its source called it."""
    return CONTROL.sub("", FOLDERS.sub("", filename)).strip(" .")
