"""What every page of the frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from .brand import brand
from .navigation import footer_columns, main_links


def frame(request: HttpRequest) -> dict[str, Any]:
    """The brand, the standing links, and the same page in the other language with the same query."""
    here = get_language() or "en"
    other = "fr" if here == "en" else "en"
    addresses = {here: request.path, other: translate_url(request.path, other)}
    query = request.META.get("QUERY_STRING", "")
    return {
        "brand": brand(),
        "site_url": settings.SITE_URL,
        "canonical_url": settings.SITE_URL + request.path,
        "alternates": [
            {"language": code, "url": settings.SITE_URL + addresses[language]}
            for code, language in (("en", "en"), ("fr", "fr"), ("x-default", "en"))
        ],
        "other_language": other,
        "other_language_name": brand().languages[other],
        "other_language_url": f"{addresses[other]}?{query}" if query else addresses[other],
        "navigation": main_links(request.path),
        "footer_columns": footer_columns(),
    }
