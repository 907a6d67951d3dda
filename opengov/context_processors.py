"""What every page of the frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from .brand import brand


def frame(request: HttpRequest) -> dict[str, Any]:
    """The brand, and the same page in the other language with the same query."""
    other = "fr" if get_language() == "en" else "en"
    return {
        "brand": brand(),
        "site_url": settings.SITE_URL,
        "other_language": other,
        "other_language_name": {"en": "English", "fr": "Français"}[other],
        "other_language_url": translate_url(request.get_full_path(), other),
    }
