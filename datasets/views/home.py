"""The front page of the portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opengov.caching import public_page
from opengov.slots import panels

from ..selectors.home import front_page


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request, "datasets/home.html", {"page": front_page(), "panels": panels("home", request), "hide_header_search": True}
    )
