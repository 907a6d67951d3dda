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
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ..errors import RequestsError
from ..forms import AnswerForm, MergeForm
from ..models import DataRequest
from ..services import answers


@login_required
@never_cache
def request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A department's answer; posting gives it, in public."""
    row = _for(request, pk, "requests_app.answer_request")
    first = {"status": row.status, "owner": row.owner, "due_on": row.due_on}
    form = AnswerForm(request.POST if request.method == "POST" else None, request=row, initial=first)
    if form.is_valid():
        said = answers.Answer(**form.cleaned_data)
        if _done(form, answers.answer, request=row, said=said, actor=request.user, now=timezone.now()):
            messages.success(request, _("The answer is public, and all who wait for it are told."))
            return redirect(row)
    return _shown(request, row, form, _("Answer"))


@login_required
@never_cache
def request_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a request into another of the board."""
    row = _for(request, pk, "requests_app.merge_request")
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        target = form.cleaned_data["into"]
        if _done(form, answers.merge, source=row, target=target, actor=request.user, now=timezone.now()):
            messages.success(request, _("The requests are one. Each voter has one vote for it."))
            return redirect(target)
    return _shown(request, row, form, _("Merge into another"))


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


def _shown(request: HttpRequest, row: DataRequest, form: Form, title: str) -> HttpResponse:
    crumbs = [(_("Request a Dataset"), reverse("requests:request-list")), (row.title, row.get_absolute_url()), (title, "")]
    context = {"thing": row, "form": form, "title": title, "hide_feedback": True, "breadcrumbs": crumbs}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "requests_app/form.html", context, status=status)
