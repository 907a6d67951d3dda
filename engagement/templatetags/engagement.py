"""What pages of boards show of the mechanisms of this room."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from ..boards import board_of
from ..forms import CommentForm
from ..navigation import moderators_links
from ..selectors.comments import talk
from ..selectors.follows import follows
from ..selectors.ratings import score_of
from ..selectors.votes import own_ballots

register = template.Library()
THREADS_BESIDE = 5  # under a thing; all are on a page of their own


@register.inclusion_tag("engagement/vote.html", takes_context=True)
def vote(context: Context, board: str, thing: Any) -> dict[str, Any]:
    """The button to vote for a thing or to take the vote back, with the tally. A list page gives `ballots` in its context."""
    on, request = board_of(board), context["request"]
    ballots = context.get("ballots")
    if ballots is None:
        ballots = own_ballots(on, [thing], request.user)
    return {
        "board": on,
        "thing": thing,
        "ballot": ballots[thing.pk],
        "may_vote": on.may_vote(request.user, thing),
        "is_closed": on.is_closed(thing),
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("engagement/rating.html", takes_context=True)
def rating(context: Context, board: str, thing: Any) -> dict[str, Any]:
    """What people think of a thing, and the form to rate it."""
    on, request = board_of(board), context["request"]
    return {
        "board": on,
        "thing": thing,
        "score": score_of(on, thing, request.user),
        "may_rate": on.may_rate(request.user, thing),
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("engagement/comments.html", takes_context=True)
def comments(context: Context, board: str, thing: Any) -> dict[str, Any]:
    """The newest threads about a thing, and the form to write another."""
    on, request = board_of(board), context["request"]
    return {
        "board": on,
        "thing": thing,
        "talk": talk(on, thing, request.user, size=THREADS_BESIDE),
        "form": CommentForm(),
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("engagement/follow.html", takes_context=True)
def follow(context: Context, board: str, thing: Any) -> dict[str, Any]:
    """The button to follow a thing, or to follow it no more; for who is not signed in, the way to it."""
    on, request = board_of(board), context["request"]
    return {
        "board": on,
        "thing": thing,
        "is_followed": follows(on, thing, request.user),
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("engagement/moderators_pages.html", takes_context=True)
def moderators_pages(context: Context) -> dict[str, Any]:
    """The way between the pages of moderators."""
    here = context["request"].resolver_match.view_name
    return {"pages": [(label, reverse(name), name == here) for label, name in moderators_links()]}
