"""Lists in pages: a page that a list does not have is answered with 404, everywhere, and the way to its first page."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404


class NoSuchPage(Http404):
    """The list ends before this page, or the page is no number."""


def page_of(rows: Any, size: int, number: str | int | None) -> "Page[Any]":
    """A page of rows; the first where none is named.

    Raises:
        NoSuchPage
    """
    try:
        return Paginator(rows, size).page(number or 1)
    except InvalidPage as error:
        raise NoSuchPage from error
