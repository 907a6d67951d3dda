"""The front page of the portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opengov.caching import public_page

from ..selectors.home import catalogue_counts


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "datasets/home.html", {"counts": catalogue_counts(), "hide_header_search": True})
