"""The pages for what went wrong: in the page's language, or in both where the address does not tell it."""

from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext_lazy as _

from ..brand import brand
from ..errors import Gone, TooManyRequests
from ..logs import support_id
from ..paging import NoSuchPage

TEXTS = {
    400: (_("This request cannot be understood"), _("The address or the form holds something that the portal cannot read.")),
    403: (_("You may not open this page"), _("It needs a right that you do not have, or the form you sent has expired.")),
    404: (_("This page does not exist"), _("It may have moved, or the address may be mistyped.")),
    429: (_("Too many requests"), _("You have asked too often in a short time. Please wait a little and try again.")),
    500: (_("Something went wrong on our side"), _("The fault has been recorded. Please try again in a little while.")),
}


def _languages(request: HttpRequest) -> list[str]:
    here = get_language() or "en"
    return [here] if get_language_from_path(request.path_info) else [here, "fr" if here == "en" else "en"]


def _context(request: HttpRequest, status: int) -> dict[str, Any]:
    title, text = TEXTS[status]
    return {
        "status": status,
        "error_title": title,
        "error_text": text,
        "languages": _languages(request),
        "support_id": support_id(),
    }


def _page(request: HttpRequest, status: int, **more: Any) -> HttpResponse:
    response = render(request, "errors/error.html", _context(request, status) | more, status=status)
    add_never_cache_headers(response)
    return response


def _plain_page(request: HttpRequest, status: int) -> HttpResponse:
    """A page that needs neither the database nor a host's name, nor anything else that may be what is broken."""
    try:
        style = staticfiles_storage.url("opengov/errors.css")
    except ValueError:  # collectstatic did not run
        style = ""
    context = _context(request, status) | {"style": style, "brand": brand(), "LANGUAGE_CODE": get_language() or "en"}
    response = HttpResponse(loader.render_to_string("errors/plain.html", context), status=status)
    add_never_cache_headers(response)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, no_such_page=isinstance(exception, NoSuchPage))


def gone(request: HttpRequest, error: Gone) -> HttpResponse:
    response = render(request, "errors/gone.html", {"gone": error}, status=410)
    add_never_cache_headers(response)
    return response


def too_many_requests(request: HttpRequest, error: TooManyRequests | None = None) -> HttpResponse:
    response = _page(request, 429)
    response["Retry-After"] = str((error or TooManyRequests()).retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain_page(request, 500)
