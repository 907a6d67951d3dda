"""The result list of a search."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opengov.caching import public_page
from opengov.paging import NoSuchPage

from ..counters import count
from ..enums import Counted
from ..selectors.results import results_page, url_of
from ..selectors.search import complete, read, search


@public_page()
def dataset_list(request: HttpRequest) -> HttpResponse:
    """Datasets found, with facets. htmx gets the changed parts only. What the query string says wrongly is named, with 400;
    a page that there is not is answered with 404.

    A form sent without JavaScript brings its empty fields along: it is led on to the short address.
    """
    asked = read(request.GET, get_language() or "en")
    here = url_of(asked)
    wants_part = bool(getattr(request, "htmx", False))
    if "" in request.GET.values() and not asked.errors and not wants_part:
        return HttpResponseRedirect(here)
    answer = search(asked)
    if asked.page > answer.pages or any(error.parameter == "page" for error in asked.errors):
        raise NoSuchPage
    if asked.text:
        count(Counted.SEARCH if answer.total else Counted.EMPTY_SEARCH, request)
    context = {
        "results": results_page(answer),
        "other_language_url": translate_url(here, "fr" if asked.language == "en" else "en"),
        "breadcrumbs": [(_("Datasets"), "")],
        "hide_header_search": True,
    }
    template = "datasets/components/search_update.html" if wants_part else "datasets/dataset_list.html"
    response = render(request, template, context, status=400 if asked.errors else 200)
    if wants_part:
        response["HX-Push-Url"] = here
    return response


@public_page()
def completion_list(request: HttpRequest) -> JsonResponse:
    """What the words typed so far may become: titles and keywords of public datasets, in the language of the address."""
    text = request.GET.get("q", "").replace("\0", "").strip()
    return JsonResponse({"suggestions": complete(text, get_language() or "en") if text else []})
