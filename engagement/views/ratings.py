"""Rating on any board: five radio buttons and a way back."""

from http import HTTPStatus
from typing import Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opengov.errors import TooManyRequests

from ..boards import Board
from ..errors import EngagementError
from ..forms import RatingForm
from ..services import ratings
from .places import place


@login_required
@never_cache
def rating_give(request: HttpRequest, board: str, pk: str) -> HttpResponse:
    """Rate a thing, or change one's rating."""
    on, thing = place(request, board, pk, having="ratings")
    form = RatingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, on, thing, form)
    _limit(request)
    try:
        ratings.rate(board=on, thing=thing, rater=_person(request), stars=form.cleaned_data["stars"], now=timezone.now())
    except EngagementError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you for your rating."))
    return _back(thing)


@login_required
@require_POST
@never_cache
def rating_withdraw(request: HttpRequest, board: str, pk: str) -> HttpResponse:
    """Take one's rating back."""
    on, thing = place(request, board, pk, having="ratings")
    _limit(request)
    ratings.withdraw(board=on, thing=thing, rater=_person(request), now=timezone.now())
    messages.success(request, _("Your rating is taken back."))
    return _back(thing)


def _form(request: HttpRequest, board: Board, thing: Any, form: RatingForm) -> HttpResponse:
    context = {
        "board": board,
        "thing": thing,
        "form": form,
        "hide_feedback": True,
        "breadcrumbs": [(str(thing), thing.get_absolute_url()), (_("Your rating"), "")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "engagement/rating_form.html", context, status=status)


def _limit(request: HttpRequest) -> None:
    if not consume(request, action="rating"):
        raise TooManyRequests(retry_after=3600)


def _back(thing: Any) -> HttpResponse:
    return redirect(f"{thing.get_absolute_url()}#rating")


def _person(request: HttpRequest) -> Any:
    return request.user
