"""Pages of prose, one file a language: about, licence, accessibility, privacy, help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opengov.brand import brand
from opengov.caching import public_page

from ..enums import Vocabulary
from ..selectors import terms

TITLES = {
    "about": _("About this portal"),
    "licence": _("Licence"),
    "accessibility": _("Accessibility"),
    "privacy": _("Privacy"),
    "help": _("Help with searching"),
}


@public_page()
def page(request: HttpRequest, name: str) -> HttpResponse:
    licences = terms.choices(Vocabulary.LICENSE)
    context = {
        "title": TITLES[name],
        "prose": f"datasets/pages/{name}.{get_language()}.html",
        "licence": licences.get(brand().license),
        "other_licences": [licence for code, licence in licences.items() if code != brand().license and licence.is_active],
        "breadcrumbs": [(TITLES[name], "")],
    }
    return render(request, "datasets/page.html", context)
