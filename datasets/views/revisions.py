"""The page of a revision on its way to the public, and what the pages of its moves share."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.activity import of
from accounts.models import User
from accounts.selectors import activity

from ..enums import Move
from ..models import Dataset, Revision
from ..rules import MAY, may
from ..selectors.queues import queues_of
from ..selectors.revision_page import moves_of, return_of, revision_page
from ..selectors.shown import changes_since_shown
from ..selectors.signatures import approval_of
from ..selectors.working_resources import holdings
from .record_pages import workbench_crumb

ONWARD = {Move.SUBMIT, Move.PASS, Move.SIGN, Move.RELEASE}
PAGES = {Move.PASS: "datasets:revision-review", Move.SIGN: "datasets:revision-sign"}


@dataclass(frozen=True, slots=True)
class Way:
    """What the reader may do; `is_onward`: it brings the record nearer to the public."""

    label: str
    url: str
    is_onward: bool = False


@login_required
@require_safe
@never_cache
def revision_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    revision, user = visible(request, pk), person(request)
    page = revision_page(revision)
    context = {
        "revision": revision,
        "page": page,
        "since_shown": changes_since_shown(revision, request.GET.get("shown", "")[:64]),
        "here": "approval",
        "steps": revision.is_open and rules.has_perm("datasets.edit_revision", user, revision),
        "resource_count": holdings(revision).count,
        "returned": return_of(revision),
        "ways": _ways(user, revision),
        "timeline": activity.page(of(revision.dataset), before=request.GET.get("before", "")),
        "hide_feedback": True,
        "breadcrumbs": [*_above(user), (str(revision), "")],
    }
    return render(request, "datasets/revisions/detail.html", context)


def person(request: HttpRequest) -> User:
    """Who is signed in: these pages open to nobody else."""
    user: Any = request.user
    return user


def visible(request: HttpRequest, pk: UUID) -> Revision:
    return get_object_or_404(Revision.objects.visible_to(request.user).select_related("dataset__owner_org"), pk=pk)


def refusal(request: HttpRequest, revision: Revision, move: Move) -> HttpResponse | None:
    """Nothing where the person may make the move; the page of the revision, which says so, where somebody was quicker.

    Raises:
        Http404: the person may never make it.
    """
    if may(request.user, move, revision):
        return None
    if revision.state in move.origins or not MAY[move].test(request.user, revision):
        raise Http404
    messages.error(request, _("Somebody was quicker: the record is in another state now."))
    shown = request.POST.get("content", "")
    is_other = shown not in ("", revision.content_hash)
    return redirect(f"{revision.get_absolute_url()}?{urlencode({'shown': shown})}" if is_other else revision)


def beside(thing: Revision | Dataset, title: str, user: User) -> dict[str, Any]:
    """What the frame of a form's page shows."""
    crumbs = [*_above(user), (str(thing), thing.get_absolute_url()), (title, "")]
    return {"title": title, "hide_feedback": True, "breadcrumbs": crumbs}


def ways_of_record(user: Any, dataset: Dataset) -> list[Way]:
    """What a reader of a record's page may do with it; nothing for the public."""
    if not user.is_authenticated:
        return []
    at_work = Revision.objects.open().visible_to(user).filter(dataset=dataset)
    work = [Way(_("The work on this record"), each.get_absolute_url()) for each in at_work]
    if not work and rules.has_perm("datasets.create_records", user, dataset.owner_org):
        work = [Way(_("Change it in the workbench"), f"{reverse('datasets:record-list')}?q={dataset.name}")]
    return [
        *work,
        *_approval(user, dataset),
        *_withdrawals(user, dataset),
        *_history(user, dataset),
    ]


def _history(user: User, dataset: Dataset) -> list[Way]:
    if not rules.has_perm("datasets.view_unreleased", user, dataset):
        return []
    return [Way(_("All versions"), reverse("datasets:record-history", args=[dataset.name]))]


def _approval(user: User, dataset: Dataset) -> list[Way]:
    """To the review and the sign-off that stand behind what the public sees."""
    signed = approval_of(dataset)
    if signed is None or not rules.has_perm("datasets.view_unreleased", user, dataset):
        return []
    return [Way(_("How it was approved, in full"), signed.revision.get_absolute_url())]


def _withdrawals(user: User, dataset: Dataset) -> list[Way]:
    ways = {
        "datasets.withdraw_record": (_("Withdraw"), "datasets:record-withdraw"),
        "datasets.restore_record": (_("Give back to the public"), "datasets:record-restore"),
        "datasets.withdraw_approval": (_("Withdraw the approval"), "datasets:approval-withdraw"),
    }
    held = [way for permission, way in ways.items() if rules.has_perm(permission, user, dataset)]
    return [Way(label, reverse(name, args=[dataset.name])) for label, name in held]


def _ways(user: User, revision: Revision) -> list[Way]:
    ways = []
    if revision.is_open and rules.has_perm("datasets.edit_revision", user, revision):
        ways.append(Way(_("Edit"), reverse("datasets:record-edit", args=[revision.pk])))
    ways += [_way(move, revision) for move in moves_of(revision, user)]
    return [*sorted(ways, key=lambda way: not way.is_onward), *_withdrawals(user, revision.dataset)]


def _way(move: Move, revision: Revision) -> Way:
    label = _("Review") if move == Move.PASS else str(move.label)
    url = reverse("datasets:revision-move", args=[revision.pk, move.value])
    return Way(label, reverse(PAGES[move], args=[revision.pk]) if move in PAGES else url, move in ONWARD)


def _above(user: User) -> list[tuple[str, str]]:
    """Where the reader came from: the workbench of their department, or else the queue that is theirs."""
    if user.organization_roles:
        return [workbench_crumb()]
    return [(str(queue.label), queue.url) for queue in queues_of(user)[:1]]
