"""The result list of a search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opengov.caching import public_page


@public_page()
def dataset_list(request: HttpRequest) -> HttpResponse:
    return render(request, "datasets/dataset_list.html", {"breadcrumbs": [(_("Datasets"), "")], "hide_header_search": True})
