"""The editor's room: the records of one's organizations, and the form of one."""

from typing import Any
from uuid import UUID

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.enums import OrganizationRole

from ..enums import RevisionState, Situation
from ..errors import ChangedMeanwhile, NotOpen
from ..forms.merging import merge
from ..forms.records import NewRecordForm, RecordForm, RecordListForm
from ..models import Dataset
from ..selectors.queues import rooms_of
from ..selectors.workbench import bars, keywords_of, organizations_of, records_of
from ..selectors.working_copies import working_datasets, working_links, working_record
from ..services import revisions
from ..services.duplicates import begin, duplicate
from ..turnaround import wait_of
from .record_pages import FormPage, editable, workbench_crumb

ROWS = 25


@login_required
@never_cache
def record_list(request: HttpRequest) -> HttpResponse:
    """The records of one's organizations by state."""
    organizations = list(organizations_of(request.user))  # type: ignore[arg-type]
    if not organizations:
        raise Http404
    form = RecordListForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    records = records_of(request.user, q=chosen.get("q", ""))  # type: ignore[arg-type]
    state = chosen.get("state", "")
    paginator = Paginator(records.filter(situation=state) if state else records, ROWS)
    page, now = paginator.get_page(request.GET.get("page")), timezone.now()
    for dataset in page:
        dataset.situation = Situation(dataset.situation)
        dataset.days_over = wait_of(dataset.situation, dataset.since, now).days_over if dataset.open_id else 0
    context = {
        "form": form,
        "bars": bars(records, state),
        "page": page,
        "page_range": paginator.get_elided_page_range(page.number),
        "organizations": organizations,
        "rooms": rooms_of(request.user),  # type: ignore[arg-type]
        "here": "record-list",
        "writable": list(organizations_of(request.user, OrganizationRole.EDITOR)),  # type: ignore[arg-type]
        "hide_feedback": True,
        "breadcrumbs": [(_("Workbench"), "")],
    }
    return render(request, "datasets/workbench/list.html", context)


@login_required
@never_cache
def record_create(request: HttpRequest) -> HttpResponse:
    """Begin a record."""
    organizations = organizations_of(request.user, OrganizationRole.EDITOR)  # type: ignore[arg-type]
    if not organizations:
        raise Http404
    form = NewRecordForm(request.POST or None, organizations=organizations)
    if form.is_valid():
        said = form.cleaned_data
        actor: Any = request.user
        title = said["title_en"] or said["title_fr"]
        revision = begin(dataset=Dataset(**said), title=title, actor=actor, now=timezone.now())
        return redirect("datasets:record-edit", revision.pk)
    context = {"form": form, "hide_feedback": True, "breadcrumbs": [workbench_crumb(), (_("New record"), "")]}
    return render(request, "datasets/workbench/new.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def record_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a record. What others changed while one wrote is told, and field by field nothing of either is lost."""
    revision = editable(request, pk)
    dataset = working_record(revision)
    data = request.POST if request.method == "POST" else None
    dataset.links = working_links(revision)  # type: ignore[attr-defined]
    relatable = Dataset.objects.visible_to(request.user)
    form = RecordForm(data, dataset=dataset, keywords=keywords_of(dataset.owner_org_id), relatable=relatable)
    page = FormPage(request, revision, dataset, form)
    if request.method != "POST":
        return page.shown() if revision.is_open else redirect("datasets:revision-detail", pk)
    if not revision.is_open:
        return page.refused(str(NotOpen(RevisionState(revision.state))))
    is_whole = form.is_valid()
    found = merge(seen=page.seen, written=form.written(), stored=page.stored)
    try:
        if request.htmx:  # type: ignore[attr-defined]
            return page.kept(found)
        if not is_whole:
            return page.refused()
        return page.compared(found) if found.clashes else page.saved(found)
    except ValidationError as error:
        return page.refused(error)
    except ChangedMeanwhile:  # between the reading and the writing of this very request
        return record_edit(request, pk)


@login_required
@require_POST
def record_revise(request: HttpRequest, name: str) -> HttpResponse:
    """Begin to change a record that nobody works on."""
    dataset = _writable(request, name)
    revision = revisions.revise(dataset=dataset, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    return redirect("datasets:record-edit", revision.pk)


@login_required
@require_POST
def record_duplicate(request: HttpRequest, name: str) -> HttpResponse:
    """Begin a record from another."""
    dataset = _writable(request, name)
    revision = duplicate(dataset=working_datasets([dataset])[0], actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("This is the copy. Its dates, numbers and resources are its own: add them."))
    return redirect("datasets:record-edit", revision.pk)


def _writable(request: HttpRequest, name: str) -> Dataset:
    """The record, where the person is an editor of its department.

    Raises:
        Http404: they are not.
    """
    dataset = get_object_or_404(Dataset.objects.visible_to(request.user).select_related("owner_org"), name=name)
    if not rules.has_perm("datasets.create_records", request.user, dataset.owner_org):
        raise Http404
    return dataset
