"""What every request passes through, beside Django's own middleware."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .errors import Gone, TooManyRequests
from .views import errors

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestLogMiddleware:
    """Gives each request an id, which its log lines, its answer (`X-Request-ID`) and its error page carry, and logs it once.

    The id of a trusted proxy is kept. The line names the route, not the address: no token, no search words, no person.
    """

    KNOWN_ID = re.compile(r"[\w-]{8,64}")
    QUIET_ROUTES = {"healthz", "readyz"}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        got_request_exception.connect(log_failure, dispatch_uid="opengov.request_failed")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
        request_id = given if self.KNOWN_ID.fullmatch(given) else uuid.uuid4().hex
        started = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            route = str(request.resolver_match.route) if request.resolver_match else ""
            level = logging.DEBUG if route in self.QUIET_ROUTES else logging.INFO
            milliseconds = round((time.monotonic() - started) * 1000)
            facts = {"method": request.method, "route": route, "status": response.status_code, "milliseconds": milliseconds}
            log.log(level, "request", extra=facts)
        response["X-Request-ID"] = request_id
        return response


def log_failure(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Log the traceback of a request that failed."""
    log.exception("request_failed")


class ErrorPageMiddleware:
    """Turns the errors of `opengov.errors` into their pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, Gone):
            return errors.gone(request, exception)
        if isinstance(exception, TooManyRequests):
            return errors.too_many_requests(request, exception)
        return None


class HostLanguageMiddleware:
    """Where hosts stand for languages (`LANGUAGE_HOSTS`), `/` of such a host opens in its language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = settings.LANGUAGE_HOSTS.get(request.get_host().partition(":")[0])
        if language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            request.META["HTTP_ACCEPT_LANGUAGE"] = language
        return self.get_response(request)
