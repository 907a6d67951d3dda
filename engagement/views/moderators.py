"""What the pages of moderators have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import rules
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def moderators_page(view: View[P]) -> View[P]:
    """For moderators, never kept; for everybody else who is signed in there is no such page."""

    @login_required
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not rules.has_perm("engagement.moderate", request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def under(*crumbs: tuple[Any, str]) -> dict[str, Any]:
    """The page's title, its breadcrumbs below the dashboard, and no question for feedback.

    Args:
        crumbs: labels with addresses, the page itself last, without one.
    """
    first = (_("Moderation"), reverse("engagement:moderation-dashboard"))
    return {"title": crumbs[-1][0], "breadcrumbs": [first, *crumbs], "hide_feedback": True}


def person(request: HttpRequest) -> Any:
    return request.user
