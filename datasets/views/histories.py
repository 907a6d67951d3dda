"""The history of a record and of its resources in the workbench, and taking a version back."""

from typing import Any
from uuid import UUID

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..enums import RevisionState
from ..errors import DatasetsError, OnItsWay
from ..forms.revisions import TakeBackForm
from ..models import Dataset, Revision, Version
from ..selectors.history import history_of
from ..services.reverts import take_back
from .record_pages import workbench_crumb


@login_required
@never_cache
def record_history(request: HttpRequest, name: str, resource: UUID | None = None) -> HttpResponse:
    """All versions of a record, or of one of its resources, with who wrote them."""
    dataset = _known(request, name)
    history = history_of(dataset, request.GET.get("page", 1), resource=resource, is_whole=True)
    if resource and not history.entries:
        raise Http404
    revision = Revision.objects.open().filter(dataset=dataset).first()
    is_editor = rules.has_perm("datasets.create_records", request.user, dataset.owner_org)
    state = RevisionState(revision.state) if revision else RevisionState.EDITING
    context = {
        "history": history,
        "dataset": dataset,
        "resource": resource,
        "stands": None if revision and revision.items.exists() else dataset.version,
        "may_take_back": is_editor and state == RevisionState.EDITING,
        "refusal": str(OnItsWay(state)) if is_editor and state != RevisionState.EDITING else "",
        "hide_feedback": True,
        "breadcrumbs": [workbench_crumb(), *_above(dataset, revision), (_("History"), "")],
    }
    return render(request, "datasets/workbench/history.html", context)


@login_required
@require_POST
def record_take_back(request: HttpRequest, name: str) -> HttpResponse:
    """Take a version back into the revision, and go on to it."""
    dataset = _known(request, name)
    form = TakeBackForm(request.POST)
    if not rules.has_perm("datasets.create_records", request.user, dataset.owner_org) or not form.is_valid():
        raise Http404
    number, resource = form.cleaned_data["number"], form.cleaned_data["resource"]
    versions = Version.objects.filter(dataset=dataset, number=number)
    get_object_or_404(versions.filter(resource_id=resource, data__isnull=False) if resource else versions[:1])
    actor: Any = request.user
    try:
        revision = take_back(dataset=dataset, number=number, actor=actor, now=timezone.now(), resource=resource)
    except (DatasetsError, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        if resource:
            return redirect("datasets:record-history-resource", name, resource)
        return redirect("datasets:record-history", name)
    messages.success(request, _("Version %(number)s is taken back. The public sees it when it is released.") % {"number": number})
    return redirect(revision)


def _known(request: HttpRequest, name: str) -> Dataset:
    """The record, for its department and the portal's staff.

    Raises:
        Http404: for everybody else.
    """
    dataset = get_object_or_404(Dataset.objects.visible_to(request.user).select_related("owner_org"), name=name)
    if not rules.has_perm("datasets.view_unreleased", request.user, dataset):
        raise Http404
    return dataset


def _above(dataset: Dataset, revision: Revision | None) -> list[tuple[str, str]]:
    return [(str(dataset), (revision or dataset).get_absolute_url())]
