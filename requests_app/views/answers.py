"""The pages on which the government answers."""

from http import HTTPStatus
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ..enums import RequestStatus
from ..errors import RequestsError
from ..forms import AnswerForm, DepartmentForm, MergeForm, OwnerForm
from ..models import DataRequest
from ..selectors.offered import offered_datasets
from ..services import answers, turns

MERGE = "requests_app.merge_request"


@login_required
@never_cache
def request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A department's answer: looks for a dataset, shows what the public will see, or gives the answer, by the button pressed."""
    row = _for(request, pk, "requests_app.answer_request")
    data = request.POST if request.method == "POST" else request.GET
    chosen = data.get("dataset", "")
    offered = offered_datasets(
        row, request.user, words=data.get("find", "")[:300], chosen=chosen, language=get_language() or "en"
    )
    first = {"status": row.status, "owner": row.owner, "due_on": row.due_on, "dataset": chosen}
    if request.method == "GET" and chosen:
        first["status"] = RequestStatus.PUBLISHED
    form = AnswerForm(request.POST if request.method == "POST" else None, request=row, offered=offered, initial=first)
    page: dict[str, Any] = {"template": "requests_app/answer.html", "may_merge": rules.has_perm(MERGE, request.user, row)}
    if "look" in data:
        form = AnswerForm(request=row, offered=offered, initial=data.dict())
        return _shown(request, row, form, _("Answer"), **page)
    if form.is_valid() and "preview" in request.POST:
        return _shown(request, row, form, _("Answer"), preview=form.cleaned_data, **page)
    if form.is_valid():
        said = answers.Answer(**form.cleaned_data)
        if _done(form, answers.answer, request=row, said=said, actor=request.user, now=timezone.now()):
            messages.success(request, _("The answer is public, and all who wait for it are told."))
            return redirect(row)
    return _shown(request, row, form, _("Answer"), **page)


@login_required
@never_cache
def request_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of the department sees to a request."""
    row = _for(request, pk, "requests_app.answer_request")
    form = OwnerForm(request.POST if request.method == "POST" else None, request=row, initial={"owner": row.owner})
    if form.is_valid():
        owner = form.cleaned_data["owner"]
        if _done(form, turns.assign_owner, request=row, owner=owner, actor=request.user, now=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect("requests:desk", row.organization.name) if row.organization else redirect(row)
    return _shown(request, row, form, _("Say who sees to it"))


@login_required
@never_cache
def request_department(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a request that names no department to one."""
    row = _for(request, pk, "requests_app.send_request")
    form = DepartmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        organization = form.cleaned_data["organization"]
        said = {"request": row, "organization": organization, "actor": request.user, "now": timezone.now()}
        if _done(form, turns.assign_department, **said):
            messages.success(request, _("The request is with the department, whose people are told."))
            return redirect("requests:desk-list")
    return _shown(request, row, form, _("Send to a department"))


@login_required
@never_cache
def request_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a request into another of the board, which is shown before it is done. Done already, it leads on to that."""
    merged_into = DataRequest.objects.filter(merged=pk).first()
    if merged_into is not None and rules.has_perm(MERGE, request.user, merged_into):
        return redirect(merged_into)
    row, page = _for(request, pk, MERGE), {"template": "requests_app/merge.html"}
    form = MergeForm(request.POST if request.method == "POST" else None, request=row)
    if form.is_valid():
        target = form.cleaned_data["into"]
        if request.POST.get("confirmed") != str(target.pk):
            return _shown(request, row, form, _("Merge into another"), target=target, **page)
        if _done(form, answers.merge, source=row, target=target, actor=request.user, now=timezone.now()):
            messages.success(request, _("The requests are one. Each voter has one vote for it."))
            return redirect(target)
    return _shown(request, row, form, _("Merge into another"), **page)


def _for(request: HttpRequest, pk: int, permission: str) -> DataRequest:
    row = get_object_or_404(DataRequest.objects.visible_to(request.user).select_related("organization", "owner"), pk=pk)
    if not rules.has_perm(permission, request.user, row):
        raise Http404
    return row


def _done(form: Form, service: Any, **arguments: Any) -> bool:
    """Whether the service did it; what it refuses becomes an error of the form."""
    try:
        service(**arguments)
    except RequestsError as error:
        form.add_error(None, str(error))
    return not form.errors


def _shown(
    request: HttpRequest, row: DataRequest, form: Form, title: str, *, template: str = "requests_app/form.html", **more: Any
) -> HttpResponse:
    crumbs = [(_("Request a Dataset"), reverse("requests:request-list")), (row.title, row.get_absolute_url()), (title, "")]
    context = {"thing": row, "form": form, "title": title, "hide_feedback": True, "breadcrumbs": crumbs, **more}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, context, status=status)
