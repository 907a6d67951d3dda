"""Signing in through others (GitHub, OpenID Connect). The addresses stand outside the languages: providers are told them once."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.helpers import render_authentication_error
from allauth.urls import build_provider_urlpatterns
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, URLResolver
from requests import RequestException

View = Callable[..., HttpResponse]


def careful(view: View) -> View:
    """A provider's view that says when the provider is broken, and leaves for it in a way that the CSP allows.

    allauth asks the issuer for its addresses outside its own error handling. And `form-action 'self'` holds for the redirects
    that follow a form, too: the way out is a page that goes on by itself.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except (RequestException, KeyError, ValueError) as error:
            return render_authentication_error(request, kwargs.get("provider_id", ""), exception=error)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect) and urlsplit(response.url).netloc:
            return render(request, "accounts/leaving.html", {"url": response.url})
        return response

    return wrapped


def _wrap(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _wrap(pattern.url_patterns)
        else:
            pattern.callback = careful(pattern.callback)
    return patterns


urlpatterns = _wrap(build_provider_urlpatterns())
