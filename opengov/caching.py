"""How long who may keep a page: a minute, and never past the next instant at which something becomes public by itself."""

import logging
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
Arrive = Callable[[], None]

REMEMBERED_SECONDS = 10

log = logging.getLogger(__name__)
_asked: list[tuple[NextInstant, Arrive | None]] = []
_remembered: tuple[float, datetime | None] | None = None


def register_instant(next_instant: NextInstant, arrive: Arrive | None = None) -> None:
    """Ask this for the first instant at which public pages change although nobody writes.

    Args:
        arrive: writes what is due. Where the instant has passed and a periodic job has not done so yet, the first reader waits
            for it: what is public does not hang on a timer.
    """
    _asked.append((next_instant, arrive))


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
        found = [instant for ask, arrive in _asked if (instant := _coming(ask, arrive, now))]
        _remembered = remembered = (time.monotonic() + REMEMBERED_SECONDS, min(found, default=None))
    return remembered[1]


def _coming(ask: NextInstant, arrive: Arrive | None, now: datetime) -> datetime | None:
    """The next instant after now; what is due is written first."""
    instant = ask(now)
    if arrive is not None and instant is not None and instant <= now:
        try:
            arrive()
        except Exception:
            log.exception("arrival_failed")  # the periodic job tries again, and the page shows what there is
        instant = ask(now)
    return instant if instant is not None and instant > now else None


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
