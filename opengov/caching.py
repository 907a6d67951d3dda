"""How long who may keep a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public_page(max_age: int = 60) -> Callable[[View[P]], View[P]]:
    """Let caches keep this page for people who are not logged in, `max_age` seconds at most; others' pages are private.

    The page must hold no POST form, CSRF token, nonce or message: they would make its ETag change each time.
    A view may shorten its own time by setting `Cache-Control` itself.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Cookie", "HX-Request"])
            if response.has_header("Cache-Control"):
                return response
            user: Any = getattr(request, "user", None)
            if user is not None and user.is_authenticated:
                patch_cache_control(response, private=True, no_cache=True)
            else:
                patch_cache_control(response, public=True, max_age=max_age)
            return response

        return wrapped

    return decorate
