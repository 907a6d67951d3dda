"""The pages of a revision on its way to the public."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.activity import of
from accounts.selectors import activity

from ..enums import Move
from ..errors import DatasetsError
from ..forms.revisions import PublicReasonForm, ReviewForm, SignOffForm
from ..models import Dataset, Revision
from ..rules import MAY, may
from ..selectors.findings import findings_of
from ..selectors.revision_page import moves_of, revision_page
from ..selectors.signatures import last_sign_off, signs_on_behalf_of
from ..selectors.working_copies import working_copy
from ..services import gates, publication
from .moves import FORMS, make

QUIET = {"hide_feedback": True}
ONWARD = {Move.SUBMIT, Move.PASS, Move.SIGN, Move.RELEASE}


@dataclass(frozen=True, slots=True)
class Way:
    """A move that the reader may make; `is_onward`: it brings the record nearer to the public."""

    label: str
    url: str
    is_onward: bool


@login_required
@never_cache
def revision_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    revision = _visible(request, pk)
    context = {
        "revision": revision,
        "page": revision_page(revision),
        "ways": _ways(request, revision),
        "timeline": activity.page(of(revision.dataset), before=request.GET.get("before", "")),
    }
    return render(request, "datasets/revisions/detail.html", context | QUIET)


@login_required
@never_cache
def revision_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answers to the criteria; posting keeps them, and passes the review where that is asked."""
    revision = _visible(request, pk)
    if refusal := _refusal(request, revision, Move.PASS):
        return refusal
    answers = revision.answers.filter(content_hash=revision.content_hash)
    initial = {"content": revision.content_hash}
    form = ReviewForm(request.POST or None, answers=answers, findings=findings_of(working_copy(revision)), initial=initial)
    if form.is_valid():
        passes = request.POST.get("then") == "pass"
        try:
            gates.review(
                revision=revision,
                content=form.cleaned_data["content"],
                answers=form.given(),
                passes=passes,
                actor=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
        except DatasetsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The review is passed.") if passes else _("The answers are saved."))
            return redirect("datasets:queue-review" if passes else revision)
    return render(request, "datasets/revisions/review.html", {"revision": revision, "form": form} | QUIET, status=_status(form))


@login_required
@never_cache
def revision_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    revision = _visible(request, pk)
    if refusal := _refusal(request, revision, Move.SIGN):
        return refusal
    user: Any = request.user
    behalf = signs_on_behalf_of(revision, user)
    form = SignOffForm(request.POST or None, initial=_signature(revision, user))
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "content"}
        try:
            gates.sign(
                revision=revision,
                content=form.cleaned_data["content"],
                communication=gates.Communication(**said, on_behalf_of=behalf),
                actor=user,
                now=timezone.now(),
            )
        except DatasetsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The record is signed off."))
            return redirect("datasets:queue-sign-off")
    context = {"revision": revision, "page": revision_page(revision), "form": form, "behalf": behalf} | QUIET
    return render(request, "datasets/revisions/sign.html", context, status=_status(form))


@login_required
@never_cache
def revision_move(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """Ask what the move needs to know, and make it."""
    revision = _visible(request, pk)
    if move not in FORMS:
        raise Http404
    asked = Move(move)
    if refusal := _refusal(request, revision, asked):
        return refusal
    user: Any = request.user
    form = FORMS[asked](request.POST if request.method == "POST" else None, user=user, now=timezone.now())
    if form.is_valid():
        try:
            make(asked, revision, form.cleaned_data, actor=user, now=timezone.now())
        except DatasetsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Done: %(move)s.") % {"move": asked.label})
            return redirect(revision)
    context = {"revision": revision, "form": form, "title": asked.label} | QUIET
    return render(request, "datasets/revisions/move.html", context, status=_status(form))


@login_required
@never_cache
def approval_withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """A senior official takes back the approval of a public record."""
    dataset = get_object_or_404(Dataset.objects.visible_to(request.user), name=name)
    if not rules.has_perm("datasets.withdraw_approval", request.user, dataset):
        raise Http404
    form = PublicReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            publication.withdraw_approval(dataset=dataset, actor=request.user, now=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except DatasetsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The approval is withdrawn. The public no longer sees the record."))
            return redirect(dataset)
    context = {"revision": dataset, "form": form, "title": _("Withdraw the approval")} | QUIET
    return render(request, "datasets/revisions/move.html", context, status=_status(form))


def _visible(request: HttpRequest, pk: UUID) -> Revision:
    return get_object_or_404(Revision.objects.visible_to(request.user).select_related("dataset__owner_org"), pk=pk)


def _refusal(request: HttpRequest, revision: Revision, move: Move) -> HttpResponse | None:
    """Where somebody else was quicker, the page of the revision says so. Who may never make the move gets 404."""
    if may(request.user, move, revision):
        return None
    if revision.state in move.origins or not MAY[move].test(request.user, revision):
        raise Http404
    messages.error(request, _("Somebody was quicker: the record is in another state now."))
    return redirect(revision)


def _ways(request: HttpRequest, revision: Revision) -> list[Way]:
    pages = {Move.PASS: "datasets:revision-review", Move.SIGN: "datasets:revision-sign"}
    ways = []
    for move in moves_of(revision, request.user):  # type: ignore[arg-type]
        page = pages.get(move)
        url = reverse(page, args=[revision.pk]) if page else reverse("datasets:revision-move", args=[revision.pk, move.value])
        label = _("Review") if move == Move.PASS else str(move.label)
        ways.append(Way(label, url, move in ONWARD))
    if rules.has_perm("datasets.withdraw_approval", request.user, revision.dataset):
        url = reverse("datasets:approval-withdraw", args=[revision.dataset.name])
        ways.append(Way(_("Withdraw the approval"), url, is_onward=False))
    return ways


def _signature(revision: Revision, user: Any) -> dict[str, Any]:
    """Who signs, as they signed last."""
    last = last_sign_off(user)
    return {
        "content": revision.content_hash,
        "name": last.name if last else user.display_name,
        "position": last.position if last else "",
        "signed_on": timezone.localdate(),
    }


def _status(form: Any) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
