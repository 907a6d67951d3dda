"""Addresses of searches."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _


def search_url(**parameters: str) -> str:
    """The result list of a search with these parameters."""
    return f"{reverse('datasets:dataset-list')}?{urlencode(parameters)}"


def datasets_crumb() -> tuple[str, str]:
    """The breadcrumb of the result list."""
    return _("Datasets"), reverse("datasets:dataset-list")
