"""Follow a thing of any board, and see what one follows."""

from typing import Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from opengov.errors import TooManyRequests

from ..boards import Board
from ..selectors.follows import following
from ..services import follows
from .places import place, place_key


@login_required
@require_POST
@never_cache
def follow_begin(request: HttpRequest, board: str, pk: str) -> HttpResponse:
    on, thing = place(request, board, pk, having="follows")
    _limit(request)
    follows.follow(board=on, thing=thing, person=_person(request), now=timezone.now())
    return _answer(request, on, thing, True)


@login_required
@require_POST
@never_cache
def follow_end(request: HttpRequest, board: str, pk: str) -> HttpResponse:
    """Hear no more of a thing, also of one that is not public any more."""
    on, number = place_key(board, pk, having="follows")
    follows.unfollow(board=on, thing=number, person=_person(request))
    if request.POST.get("from") == "list":
        messages.success(request, _("You no longer follow it."))
        return redirect("engagement:follow-list")
    return _answer(request, *place(request, board, pk, having="follows"), False)


@login_required
@require_safe
@never_cache
def follow_list(request: HttpRequest) -> HttpResponse:
    """What one follows, by kind; a kind of which one follows nothing leads to all."""
    key = request.GET.get("board", "")
    groups = following(_person(request), key=key, number=request.GET.get("page"))
    if not groups:
        raise Http404
    total = sum(group.page.paginator.count for group in groups)
    if key and not total:
        return redirect("engagement:follow-list")
    context = {"groups": groups, "is_one": bool(key), "total": total}
    if key:
        page = groups[0].page
        context |= {"page": page, "page_range": page.paginator.get_elided_page_range(page.number)}
    return render(request, "engagement/follow_list.html", context)


def _answer(request: HttpRequest, board: Board, thing: Any, is_followed: bool) -> HttpResponse:
    """Back to the thing; to htmx the button alone."""
    if request.htmx:  # type: ignore[attr-defined]
        return render(
            request, "engagement/follow.html", {"board": board, "thing": thing, "is_followed": is_followed, "said": True}
        )
    messages.success(request, _("You follow it from now on.") if is_followed else _("You no longer follow it."))
    return redirect(thing)


def _limit(request: HttpRequest) -> None:
    """
    Raises:
        TooManyRequests: the person follows too much at once.
    """
    if not consume(request, action="follow"):
        raise TooManyRequests(retry_after=60)


def _person(request: HttpRequest) -> Any:
    return request.user
