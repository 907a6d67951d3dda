"""What pages of boards show of the mechanisms of this room."""

from typing import Any

from django import template
from django.template.context import Context

from ..boards import board_of
from ..selectors.votes import own_ballots

register = template.Library()


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
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
