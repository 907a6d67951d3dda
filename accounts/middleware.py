"""What each request knows of the person who makes it."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PersonMiddleware:
    """Times are shown in the person's zone; the pages of log-in remember their language.

    The addresses that log-in providers come back to have no language in them: Django's language cookie, set on the way out,
    brings people back to the language they left in. Pages outside log-in set no cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(self._zone(request)):
            response = self.get_response(request)
        language = self._language(request)
        if language and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=secure, httponly=True)
        return response

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """With STAFF_SECOND_FACTOR, the administration opens to people who have one."""
        match = request.resolver_match
        guarded = settings.STAFF_SECOND_FACTOR and match and match.app_name == "admin" and request.user.is_staff
        if guarded and not is_mfa_enabled(request.user):
            messages.warning(request, _("The administration asks for a second factor. Set one up here, then go back."))
            return redirect("mfa_index")
        return None

    @staticmethod
    def _language(request: HttpRequest) -> str | None:
        """The language of the address, on the pages of signing in."""
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        return translation.get_language_from_path(request.path_info) if name.startswith(("account_", "socialaccount_")) else None

    @staticmethod
    def _zone(request: HttpRequest) -> ZoneInfo | None:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            return ZoneInfo(request.user.time_zone)
        return timezone.get_default_timezone()
