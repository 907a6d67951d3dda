"""How long who may keep a page: a minute, and never past the next instant at which something becomes public by itself."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
NextInstant = Callable[[datetime], datetime | None]

REMEMBERED_SECONDS = 10

_asked: list[NextInstant] = []
_remembered: tuple[float, datetime | None] | None = None


def register_instant(next_instant: NextInstant) -> None:
    """Ask this for the first instant after a given one at which public pages change although nobody writes."""
    _asked.append(next_instant)


def fresh_for(most: int) -> int:
    """For how many whole seconds what is made now stays true: `most`, or fewer where an instant is nearer.

    The answer is remembered for `REMEMBERED_SECONDS` in each process, so what is scheduled at less than a minute and that much
    notice may show late, as it does on pages that caches took before it was scheduled.
    """
    now = timezone.now()
    instant = _next_instant(now)
    return most if instant is None else max(0, min(most, int((instant - now).total_seconds())))


def forget_instants() -> None:
    """Ask anew, in this process: something was scheduled."""
    global _remembered
    _remembered = None


def _next_instant(now: datetime) -> datetime | None:
    global _remembered
    remembered = _remembered
    if remembered is None or remembered[0] < time.monotonic() or (remembered[1] and remembered[1] <= now):
        found = [instant for ask in _asked if (instant := ask(now))]
        _remembered = remembered = (time.monotonic() + REMEMBERED_SECONDS, min(found, default=None))
    return remembered[1]


def public_page(max_age: int = 60) -> Callable[[View[P]], View[P]]:
    """Let caches keep this page for people who are not logged in, `max_age` seconds at most; others' pages are private.

    The page must hold no POST form, CSRF token, nonce or message: they would make its ETag change each time.
    It answers GET and HEAD alone. A view may shorten its own time by setting `Cache-Control` itself.
    """

    def decorate(view: View[P]) -> View[P]:
        @csrf_exempt  # nothing is written here: another method is not allowed, rather than a form that has expired
        @require_safe
        @wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            kept = fresh_for(max_age)  # before the page is made: it may take a while
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Cookie", "HX-Request"])
            if response.has_header("Cache-Control"):
                return response
            user: Any = getattr(request, "user", None)
            if user is not None and user.is_authenticated:
                patch_cache_control(response, private=True, no_cache=True)
            else:
                patch_cache_control(response, public=True, max_age=kept)
            return response

        return wrapped

    return decorate
