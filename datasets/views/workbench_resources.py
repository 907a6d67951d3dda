"""The resources of a record in the editor's room: added by link or by upload, replaced, described, put in order, removed."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..errors import DatasetsError
from ..forms.merging import Merge, fingerprints, is_unknown, merge, read_seen, write_fingerprints
from ..forms.resources import FileForm, LinkForm, PlaceForm, ResourceForm
from ..models import Resource, Revision, Upload
from ..selectors.history import files_of
from ..selectors.working_copies import working_record
from ..selectors.working_resources import WorkingResources, holdings, working_resource
from ..services import uploads
from ..services.files import store_upload
from ..services.revisions import Edit
from .record_pages import clash_rows, editable, record_context, save

ROWS = 50


@login_required
@never_cache
def record_resources(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The resources in their order."""
    revision = editable(request, pk)
    resources = WorkingResources(revision)
    paginator: Paginator[Resource] = Paginator(resources, ROWS)  # type: ignore[arg-type]  # of its parts it takes slices alone
    page = paginator.get_page(request.GET.get("page"))
    context = record_context(revision, working_record(revision), "resources") | {
        "page": page,
        "page_range": paginator.get_elided_page_range(page.number),
        "removed": resources.removed,
        "last": len(resources),
    }
    return render(request, "datasets/workbench/resources.html", context)


@login_required
@never_cache
def record_link_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _add(request, editable(request, pk), _("Add a link"), is_file=False)


@login_required
@never_cache
def record_file_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _add(request, editable(request, pk), _("Upload a file"), is_file=True)


@login_required
@never_cache
def record_resource_edit(request: HttpRequest, pk: UUID, resource: UUID) -> HttpResponse:
    """The description of a resource, its address or a new file for it."""
    revision = editable(request, pk)
    row = _resource(revision, resource)
    form = _form(request, revision, is_file=bool(row.sha256), resource=row)
    if not form.is_valid():
        stored = {column: getattr(row, column) for column in form.columns}
        seen = request.POST.get("seen") if form.is_bound else write_fingerprints(fingerprints(stored))
        return _form_page(request, revision, form, str(row), seen=seen)
    file = _stored(form)
    if file:  # it took its time
        revision = editable(request, pk)
        row = _resource(revision, resource)
    stored = {column: getattr(row, column) for column in form.columns}
    written = {column: form.cleaned_data[column] for column in form.columns}
    found = merge(seen=read_seen(request.POST, form.columns), written=written, stored=stored)
    if found.clashes:
        return _compared(request, revision, row, form, found, write_fingerprints(fingerprints(stored)))
    for column, value in (found.changes | form.following() | file).items():
        setattr(row, column, value)
    try:
        save(request, revision, Edit(resources=[row], note=form.cleaned_data.get("note", "")))
    except (DatasetsError, ValidationError) as error:
        return _refused(request, revision, form, str(row), error)
    _forget_upload(form)
    messages.success(request, _("The resource is saved."))
    return redirect("datasets:record-resources", pk)


@login_required
@require_POST
def record_resource_move(request: HttpRequest, pk: UUID, resource: UUID) -> HttpResponse:
    """To the place that is given, one place up, or down with `down`."""
    revision = editable(request, pk)
    resources = WorkingResources(revision)
    row = resources.get(resource)
    if row is None:
        raise Http404
    here = resources.before(row) + 1
    form = PlaceForm({"place": here + 1 if "down" in request.POST else here - 1} | request.POST.dict(), last=len(resources))
    if not form.is_valid():
        messages.error(request, _("There is no such place: the places go from 1 to %(last)s.") % {"last": len(resources)})
        return _list_at(revision, here)
    place = form.cleaned_data["place"]
    _done(request, revision, Edit(resources=resources.moved(row, place - 1)), _("The order is saved."))
    return _list_at(revision, place)


def _list_at(revision: Revision, place: int) -> HttpResponse:
    """The page of the list on which a place is."""
    page = (place - 1) // ROWS + 1
    return redirect(reverse("datasets:record-resources", args=[revision.pk]) + (f"?page={page}" if page > 1 else ""))


@login_required
@require_POST
def record_resource_remove(request: HttpRequest, pk: UUID, resource: UUID) -> HttpResponse:
    revision = editable(request, pk)
    row = _resource(revision, resource)
    return _done(request, revision, Edit(removed=[resource]), _("“%(resource)s” is removed.") % {"resource": row})


def _resource(revision: Revision, pk: UUID) -> Resource:
    row = working_resource(revision, pk)
    if row is None:
        raise Http404
    return row


def _form(request: HttpRequest, revision: Revision, *, is_file: bool, resource: Resource | None = None) -> ResourceForm:
    data = request.POST or None
    if not is_file:
        return LinkForm(data, resource=resource)
    return FileForm(data, request.FILES or None, resource=resource, uploads=_uploads(request, revision))


def _uploads(request: HttpRequest, revision: Revision) -> QuerySet[Upload]:
    """The person's own for this revision."""
    return Upload.objects.filter(revision=revision, actor=request.user)  # type: ignore[misc]


def _add(request: HttpRequest, revision: Revision, title: str, *, is_file: bool) -> HttpResponse:
    form = _form(request, revision, is_file=is_file)
    if not form.is_valid():
        return _form_page(request, revision, form, title)
    file = _stored(form)
    revision = editable(request, revision.pk)  # a large file took its time
    row = form.apply(Resource(dataset=revision.dataset, position=holdings(revision).last_position + 1, **file))
    row.name_en, row.name_fr = row.name_en or row.filename, row.name_fr or row.filename
    try:
        save(request, revision, Edit(resources=[row]))
    except (DatasetsError, ValidationError) as error:
        return _refused(request, revision, form, title, error)
    _forget_upload(form)
    messages.success(request, _("The resource is added."))
    return redirect("datasets:record-resources", revision.pk)


def _stored(form: ResourceForm) -> dict[str, Any]:
    """Store the form's file, where it has one, under the hash of its content; the columns that name it."""
    upload = form.cleaned_data.get("file")
    if upload is None:
        return {}
    stored = store_upload(upload)
    upload.close()
    return {"file": stored.path, "sha256": stored.sha256, "size": stored.size, "filename": upload.name}


def _forget_upload(form: ResourceForm) -> None:
    """The parts of a file that stands in its place now."""
    if upload := form.cleaned_data.get("upload"):
        uploads.discard(upload)


def _done(request: HttpRequest, revision: Revision, edit: Edit, said: str) -> HttpResponse:
    try:
        save(request, revision, edit)
    except DatasetsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("datasets:record-resources", revision.pk)


def _compared(request: HttpRequest, revision: Revision, row: Resource, form: Any, found: Merge, seen: str) -> HttpResponse:
    """The form with what the person wrote and, beside each field that somebody else wrote too, what is stored."""
    for column, value in found.changes.items():
        setattr(row, column, value)
    merged = FileForm(resource=row, uploads=_uploads(request, revision)) if row.sha256 else LinkForm(resource=row)
    blind = is_unknown(read_seen(request.POST, form.columns))
    return _form_page(request, revision, merged, str(row), seen=seen, clashes=clash_rows(merged, found), is_blind=blind)


def _refused(request: HttpRequest, revision: Revision, form: ResourceForm, title: str, error: Exception) -> HttpResponse:
    for column, problems in getattr(error, "message_dict", {None: getattr(error, "messages", [str(error)])}).items():
        form.add_error(column if column in form.fields else None, problems)
    return _form_page(request, revision, form, title, seen=request.POST.get("seen"))


def _form_page(request: HttpRequest, revision: Revision, form: ResourceForm, title: str, **more: Any) -> HttpResponse:
    status = HTTPStatus.CONFLICT if more.get("clashes") else HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = record_context(revision, working_record(revision), "resources") | {"form": form, "title": title} | more
    if form.resource and form.resource.sha256:
        files = files_of(revision.dataset, form.resource.pk)
        context["earlier"] = [file for file in files if form.resource.sha256 not in file.url]
    return render(request, "datasets/workbench/resource.html", context, status=status)
