"""Take votes of one hand out of the count: conditions with a preview, a reason, a second person, and the way back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opengov.paging import page_of

from ..boards import board_of
from ..errors import EngagementError
from ..forms import InvalidationForm
from ..models import Invalidation
from ..selectors.invalidations import conditions_of, effect_of, in_words
from ..services import invalidations
from .moderators import moderators_page, person, under

PER_PAGE = 20


@moderators_page
def invalidation_list(request: HttpRequest) -> HttpResponse:
    """All invalidations: those that wait for a second person, those in force, and those taken back."""
    rows = Invalidation.objects.select_related("proposed_by", "approved_by")
    page = page_of(rows, PER_PAGE, request.GET.get("page"))
    said = [(row, in_words(board_of(row.board), conditions_of(row))) for row in page.object_list]
    context = under((_("Invalidated votes"), "")) | {
        "rows": said,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "engagement/invalidations.html", context)


@moderators_page
def invalidation_create(request: HttpRequest) -> HttpResponse:
    """Conditions and a reason; first a preview of what they would do, then the proposal. An address fills the form in."""
    form = InvalidationForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    context = under((_("Invalidated votes"), reverse("engagement:invalidation-list")), (_("Propose an invalidation"), ""))
    if form.is_valid():
        board, conditions = form.its_board(), form.conditions()
        if request.POST.get("do") == "propose" and form.has_reason():
            said = {"reason": form.cleaned_data["reason"], "actor": person(request), "now": timezone.now()}
            row = invalidations.propose(board=board, conditions=conditions, **said)
            messages.success(request, _("Proposed. Somebody else approves it now."))
            return redirect("engagement:invalidation-detail", row.pk)
        context["effect"] = effect_of(board, conditions)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "engagement/invalidation_form.html", context | {"form": form}, status=status)


@moderators_page
def invalidation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; posting approves it, or takes it back."""
    row = get_object_or_404(Invalidation.objects.select_related("proposed_by", "approved_by"), pk=pk)
    if request.method == "POST":
        _decided(request, row)
        return redirect("engagement:invalidation-detail", pk)
    board, conditions = board_of(row.board), conditions_of(row)
    title = _("Invalidation %(number)d") % {"number": row.pk}
    context = under((_("Invalidated votes"), reverse("engagement:invalidation-list")), (title, "")) | {
        "row": row,
        "conditions": in_words(board, conditions),
        "effect": effect_of(board, conditions) if row.is_waiting else None,
        "may_approve": row.is_waiting and row.proposed_by_id != person(request).pk,
    }
    return render(request, "engagement/invalidation.html", context)


def _decided(request: HttpRequest, row: Invalidation) -> None:
    said = {"invalidation": row, "actor": person(request), "now": timezone.now()}
    try:
        if request.POST.get("do") == "approve":
            number = invalidations.approve(**said).number
            words = ngettext("%(number)d vote is taken out.", "%(number)d votes are taken out.", number)
            messages.success(request, words % {"number": number})
        elif request.POST.get("do") == "undo":
            invalidations.undo(**said)
            messages.success(request, _("Taken back: the votes are what they were."))
    except EngagementError as error:
        messages.error(request, str(error))
