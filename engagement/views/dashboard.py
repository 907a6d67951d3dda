"""What waits for moderators, in one look; and the votes that were set aside, to let them count."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opengov.paging import page_of

from ..boards import Board
from ..enums import VoteFlag
from ..models import Invalidation, TrailRemoval
from ..selectors import checks as selectors
from ..selectors.moderation import tallies
from ..selectors.proofs import log_state
from ..services import checks
from .moderators import moderators_page, person, under
from .places import place

VOTES_PER_PAGE = 50


@moderators_page
def moderation_dashboard(request: HttpRequest) -> HttpResponse:
    """What waits by kind with its age, votes set aside, proposals for a second person, removals in force, the log's state."""
    proposals = (
        Invalidation.objects.filter(approved_at=None, undone_at=None).select_related("proposed_by").order_by("proposed_at")
    )
    context = under((_("Overview"), "")) | {
        "tallies": tallies(),
        "flags": selectors.by_flag(selectors.groups()),
        "proposals": proposals,
        "removals": TrailRemoval.objects.filter(undone_at=None).count(),
        "log": log_state(timezone.now()),
    }
    return render(request, "engagement/dashboard.html", context)


@moderators_page
def check_list(request: HttpRequest) -> HttpResponse:
    """The votes that were set aside, by what they are for and why."""
    page = page_of(selectors.groups(), VOTES_PER_PAGE, request.GET.get("page"))
    context = under((_("Votes being checked"), "")) | {
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "engagement/checks.html", context)


@moderators_page
def check_detail(request: HttpRequest, board: str, pk: str, flag: str) -> HttpResponse:
    """One group: what its votes share, and each of them; posting lets those that are ticked count, or all."""
    on, thing = place(request, board, pk, having="votes")
    if flag not in VoteFlag.values:
        raise Http404
    votes = selectors.votes_of(on, thing, flag)
    if request.method == "POST":
        _confirmed(request, on, votes)
        return redirect("engagement:check-list")
    page = page_of(votes, VOTES_PER_PAGE, request.GET.get("page"))
    title = _("Votes being checked")
    context = under((title, reverse("engagement:check-list")), (VoteFlag(flag).label, "")) | {
        "board": on,
        "thing": thing,
        "flag": VoteFlag(flag),
        "common": selectors.common_of(on, votes),
        "lines": selectors.lines_of(on, list(page.object_list)),
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "engagement/check_group.html", context)


def _confirmed(request: HttpRequest, board: Board, votes: list[Any]) -> None:
    if request.POST.get("do") != "all":
        ticked = set(request.POST.getlist("vote"))
        votes = [vote for vote in votes if str(vote.ballot) in ticked]
    if not votes:
        messages.warning(request, _("Tick the votes that are to count."))
        return
    number = checks.confirm(board=board, votes=votes, moderator=person(request), now=timezone.now())
    words = ngettext("%(number)d vote counts now.", "%(number)d votes count now.", number)
    messages.success(request, words % {"number": number})
