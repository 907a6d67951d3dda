"""Voting on any board: a button's form, and once in a life the check before it."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opengov.errors import TooManyRequests

from ..boards import Board
from ..errors import EngagementError, NotOpenForVotes
from ..forms import ChallengeForm, CodeForm
from ..selectors.votes import own_ballots
from ..services import human_checks, votes
from ..services.hints import Trace, is_trusted
from .places import place

# The widget starts its worker from memory, and writes one style sheet of its own into the page.
WIDGET_POLICY = {"worker-src": ["blob:"], "style-src": ["'sha256-pg+oQARqMq4wCazyrsMt8HY89BJkXkEFkwNWxg2iPdg='"]}


@login_required
@require_POST
@never_cache
def vote_cast(request: HttpRequest, board: str, pk: int) -> HttpResponse:
    """Vote. Who never did so before is led to the check, which votes then."""
    on, thing = place(request, board, pk, having="votes")
    if not on.may_vote(_voter(request), thing):
        return _refused(request, on, thing)
    if not human_checks.is_checked(_voter(request)):
        return redirect("engagement:vote-check", board, pk)
    return _vote(request, on, thing)


@login_required
@require_POST
@never_cache
def vote_withdraw(request: HttpRequest, board: str, pk: int) -> HttpResponse:
    """Take one's vote back."""
    on, thing = place(request, board, pk, having="votes")
    _limit(request, _trace(request))
    try:
        votes.withdraw(board=on, thing=thing, voter=_voter(request), now=timezone.now())
    except EngagementError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your vote is taken back."))
    return _back(request, on, thing)


@login_required
@never_cache
@csp_update(WIDGET_POLICY)  # type: ignore[arg-type]
def vote_check(request: HttpRequest, board: str, pk: int) -> HttpResponse:
    """The check before a first vote: work that the browser does by itself, or a mailed code. Passed, the vote is cast."""
    on, thing = place(request, board, pk, having="votes")
    if human_checks.is_checked(_voter(request)):
        return redirect(thing)
    if not on.may_vote(_voter(request), thing):
        return _refused(request, on, thing)
    challenge, code = ChallengeForm(), CodeForm()
    form: ChallengeForm | CodeForm | None = None
    match request.POST.get("by"):
        case "challenge":
            challenge = form = ChallengeForm(request.POST)
        case "code":
            code = form = CodeForm(request.POST)
    if form is not None and form.is_valid() and _passed(request, form):
        return _vote(request, on, thing)
    context = {
        "board": on,
        "thing": thing,
        "challenge": challenge,
        "code": code,
        "form": form,
        "has_code": "code" in request.GET,
        "hide_feedback": True,
        "breadcrumbs": [(str(thing), thing.get_absolute_url()), (_("Before your first vote"), "")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.OK
    return render(request, "engagement/check.html", context, status=status)


@login_required
@require_POST
@never_cache
def vote_code(request: HttpRequest, board: str, pk: int) -> HttpResponse:
    """Mail a code to the voter."""
    on, thing = place(request, board, pk, having="votes")
    if not on.may_vote(_voter(request), thing):
        return _refused(request, on, thing)
    if not consume(request, action="human_code"):
        raise TooManyRequests(retry_after=3600)
    human_checks.send_code(user=_voter(request), now=timezone.now())
    messages.success(request, _("A code is on its way to %(email)s.") % {"email": _voter(request).email})
    return redirect(reverse("engagement:vote-check", args=[board, pk]) + "?code=1")


def _vote(request: HttpRequest, board: Board, thing: Any) -> HttpResponse:
    trace = _trace(request)
    _limit(request, trace)
    try:
        vote = votes.cast(board=board, thing=thing, voter=_voter(request), now=timezone.now(), trace=trace)
    except EngagementError as error:
        messages.error(request, str(error))
    else:
        words = _("Thank you. Your vote will count once it is checked.") if vote.is_provisional else _("Thank you for your vote.")
        messages.success(request, words)
    return _back(request, board, thing)


def _refused(request: HttpRequest, board: Board, thing: Any) -> HttpResponse:
    """Who may not vote for it learns so before any check."""
    messages.error(request, str(NotOpenForVotes()))
    return _back(request, board, thing)


def _back(request: HttpRequest, board: Board, thing: Any) -> HttpResponse:
    """To the thing; to htmx the button alone."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(thing)
    thing.refresh_from_db()
    ballot = own_ballots(board, [thing], request.user)[thing.pk]
    context = {
        "board": board,
        "thing": thing,
        "ballot": ballot,
        "may_vote": board.may_vote(request.user, thing),
        "is_closed": board.is_closed(thing),
        "messages": messages.get_messages(request),
    }
    return render(request, "engagement/vote.html", context)


def _passed(request: HttpRequest, form: ChallengeForm | CodeForm) -> bool:
    said = {"user": _voter(request), "now": timezone.now()} | form.cleaned_data
    try:
        if isinstance(form, CodeForm):
            human_checks.accept_code(**said)
        else:
            human_checks.accept_challenge(**said)
    except EngagementError as error:
        form.add_error(None, str(error))
        return False
    return True


def _limit(request: HttpRequest, trace: Trace) -> None:
    """
    Raises:
        TooManyRequests: the person or their network votes too often.
    """
    if not consume(request, action="vote") or not (trace.is_trusted or consume(request, action="vote_network")):
        raise TooManyRequests(retry_after=60)


def _trace(request: HttpRequest) -> Trace:
    address = get_adapter(request).get_client_ip(request)
    said = (request.headers.get(name, "") for name in ("User-Agent", "Accept-Language"))
    return Trace(address=address, browser="\n".join(said), is_trusted=is_trusted(address, timezone.now()))


def _voter(request: HttpRequest) -> Any:
    return request.user
