"""What every request passes through, beside Django's own middleware."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class HostLanguageMiddleware:
    """Where hosts stand for languages (`LANGUAGE_HOSTS`), `/` of such a host opens in its language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = settings.LANGUAGE_HOSTS.get(request.get_host().partition(":")[0])
        if language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            request.META["HTTP_ACCEPT_LANGUAGE"] = language
        return self.get_response(request)
