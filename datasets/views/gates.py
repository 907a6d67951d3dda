"""The pages on which people review, sign, release and give back."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User

from ..enums import Move
from ..errors import DatasetsError
from ..forms.revisions import PublicReasonForm, ReviewForm, SignOffForm, SubmitForm, WithdrawalForm
from ..models import Dataset, Resource, Revision
from ..models.resources import path_of
from ..selectors.findings import findings_of
from ..selectors.revision_page import revision_page
from ..selectors.shown import changes_since_shown, remember
from ..selectors.signatures import last_sign_off, signs_on_behalf_of
from ..selectors.working_copies import working_copy
from ..services import gates, publication, reviews
from .moves import DONE, EXPLAINED, FORMS, GRAVE, make
from .resources import stored_file
from .revisions import beside, person, refusal, visible

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
@never_cache
def revision_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answers to the criteria; posting keeps them, and passes the review where that is asked."""
    revision = visible(request, pk)
    if refused := refusal(request, revision, Move.PASS):
        return refused
    answers = revision.answers.filter(content_hash=revision.content_hash)
    initial = {"content": revision.content_hash}
    form = ReviewForm(
        _posted(request), _files(request), answers=answers, findings=findings_of(working_copy(revision)), initial=initial
    )
    if form.is_valid():
        passes = request.POST.get("then") == "pass"
        said = {"content": form.cleaned_data["content"], "answers": form.given(), "passes": passes}
        if _done(form, reviews.review, revision=revision, actor=person(request), now=timezone.now(), **said):
            messages.success(request, _("The review is passed.") if passes else _("The answers are saved."))
            return redirect("datasets:queue-review" if passes else revision)
    context = {"revision": revision, "page": revision_page(revision)} | beside(revision, _("Review"), person(request))
    return _shown(request, "review", form, context)


@login_required
@require_http_methods(METHODS)
@never_cache
def revision_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The official's communication, for what the page shows. Where somebody wrote meanwhile, the page with what is different."""
    revision, user = visible(request, pk), person(request)
    if refused := refusal(request, revision, Move.SIGN):
        return refused
    form = SignOffForm(_posted(request), _files(request), initial=_signature(revision, user))
    if form.is_valid():
        said = dict(form.cleaned_data)
        content = said.pop("content")
        communication = gates.Communication(**said, on_behalf_of=signs_on_behalf_of(revision, user))
        words = {"content": content, "communication": communication}
        if _done(form, gates.sign, revision=revision, actor=user, now=timezone.now(), **words):
            messages.success(request, _("The record is signed off."))
            return redirect("datasets:queue-sign-off")
        revision = visible(request, pk)
        if refused := refusal(request, revision, Move.SIGN):
            return refused
    shown = form["content"].value()
    form.show(revision.content_hash)
    remember(revision)
    context = {
        "revision": revision,
        "page": revision_page(revision),
        "since_shown": changes_since_shown(revision, shown),
        "behalf": signs_on_behalf_of(revision, user),
    }
    return _shown(request, "sign", form, context | beside(revision, _("Sign off"), user))


@login_required
@require_safe
@never_cache
def revision_attachment(request: HttpRequest, pk: UUID, sha256: str) -> HttpResponseBase:
    """A file that goes with an answer or a sign-off, for those who may see the revision."""
    revision = visible(request, pk)
    holders = (rows.filter(attachment=sha256).first() for rows in (revision.answers, revision.sign_offs))
    holder = next((found for found in holders if found), None)
    if holder is None:
        raise Http404
    return stored_file(request, Resource(file=path_of(sha256), sha256=sha256, filename=holder.attachment_name))


@login_required
@require_http_methods(METHODS)
@never_cache
def revision_move(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """Ask what the move needs to know, and make it."""
    revision, user = visible(request, pk), person(request)
    if move not in FORMS:
        raise Http404
    asked = Move(move)
    if refused := refusal(request, revision, asked):
        return refused
    form = FORMS[asked](_posted(request), user=user, now=timezone.now())
    if form.is_valid() and _done(form, make, move=asked, revision=revision, said=form.cleaned_data, actor=user):
        messages.success(request, DONE[asked])
        return redirect(revision)
    told = {"revision": revision, "explained": EXPLAINED[asked], "is_grave": asked in GRAVE}
    return _shown(request, "move", form, told | beside(revision, str(asked.label), person(request)))


@login_required
@require_http_methods(METHODS)
@never_cache
def approval_withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """A senior official takes back the approval of a public record."""
    dataset, form = _dataset(request, name, "datasets.withdraw_approval"), PublicReasonForm(_posted(request))
    if _settled(request, form, publication.withdraw_approval, dataset):
        messages.success(request, _("The approval is withdrawn. The public no longer sees the record."))
        return redirect("datasets:record-list")
    return _asked_why(request, form, dataset, _("Withdraw the approval"))


@login_required
@require_http_methods(METHODS)
@never_cache
def record_withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """A publisher takes a record from the public."""
    dataset, form = _dataset(request, name, "datasets.withdraw_record"), WithdrawalForm(_posted(request))
    if _settled(request, form, publication.withdraw, dataset):
        messages.success(request, _("The record is withdrawn. Its address says why."))
        return redirect("datasets:queue-release")
    return _asked_why(request, form, dataset, _("Withdraw"))


@login_required
@never_cache
def record_restore(request: HttpRequest, name: str) -> HttpResponse:
    """A publisher gives a withdrawn record back to the public."""
    dataset, form = _dataset(request, name, "datasets.restore_record"), SubmitForm(_posted(request))
    if _settled(request, form, publication.restore, dataset):
        messages.success(request, _("The record is public again."))
        return redirect(dataset)
    explained = _("The public sees the record again at its address, as it is now. Your words stand in its history.")
    told = {"revision": dataset, "explained": explained, "is_grave": False}
    return _shown(request, "move", form, told | beside(dataset, _("Give back to the public"), person(request)))


def _dataset(request: HttpRequest, name: str, permission: str) -> Dataset:
    dataset = get_object_or_404(Dataset.objects.visible_to(request.user).select_related("owner_org"), name=name)
    if not rules.has_perm(permission, request.user, dataset):
        raise Http404
    return dataset


def _settled(request: HttpRequest, form: Form, service: Any, dataset: Dataset) -> bool:
    said = {"dataset": dataset, "actor": person(request), "now": timezone.now()}
    return form.is_valid() and _done(form, service, **said, **form.cleaned_data)


def _asked_why(request: HttpRequest, form: Form, dataset: Dataset, title: str) -> HttpResponse:
    explained = _("The public no longer sees the record: its address gives your reason in both languages instead.")
    told = {"revision": dataset, "explained": explained, "is_grave": True}
    return _shown(request, "move", form, told | beside(dataset, title, person(request)))


def _posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; an empty POST is a form with nothing in it."""
    return request.POST if request.method == "POST" else None


def _files(request: HttpRequest) -> "MultiValueDict[str, UploadedFile] | None":
    return request.FILES if request.method == "POST" else None


def _done(form: Form, service: Any, **arguments: Any) -> bool:
    """Whether the service did it; what it refuses becomes an error of the form."""
    try:
        service(**arguments)
    except DatasetsError as error:
        form.add_error(None, str(error))
    return not form.errors


def _shown(request: HttpRequest, page: str, form: Form, context: dict[str, Any]) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, f"datasets/revisions/{page}.html", context | {"form": form}, status=status)


def _signature(revision: Revision, user: User) -> dict[str, Any]:
    """Who signs, as they signed last."""
    last = last_sign_off(user)
    return {
        "content": revision.content_hash,
        "name": last.name if last else user.display_name,
        "position": last.position if last else "",
        "signed_on": timezone.localdate(),
    }
