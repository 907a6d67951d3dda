"""Who may open a page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def person_page(view: View) -> View:
    """A page for people who are logged in; no cache keeps it."""
    return login_required(never_cache(view))


def require(request: HttpRequest, permission: str, thing: Any = None) -> None:
    """Raises Http404 for people without the permission: what one may not see is not there."""
    if not request.user.has_perm(permission, thing):
        raise Http404


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; an empty POST is a form with nothing in it, and no form at all on a GET."""
    return request.POST if request.method == "POST" else None
