"""Many records at once: a department's metadata as a table, out and in, and the same change of chosen fields."""

import secrets
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.enums import OrganizationRole
from accounts.models import Organization
from opengov.csv_files import write_csv
from opengov.locks import lock

from ..errors import DatasetsError
from ..forms.bulk import BulkForm
from ..forms.record_tables import TableForm, TableReader, lines, write_xlsx
from ..models import Dataset
from ..selectors.workbench import keywords_of, on_their_way, organizations_of
from ..selectors.working_copies import working_datasets
from ..services import bulk
from .record_pages import in_words, workbench_crumb

KEEP_SECONDS = 3600
MOST = 500
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@login_required
@never_cache
def record_export(request: HttpRequest, name: str, format: str) -> HttpResponse:
    """All records of an organization, as those who work on them will leave them."""
    organization = get_object_or_404(organizations_of(request.user), name=name)  # type: ignore[arg-type]
    if format not in MEDIA_TYPES:
        raise Http404
    response = HttpResponse(content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{organization.name}-records.{format}"'
    rows = lines(working_datasets(_records(organization)))
    write_csv(rows, response) if format == "csv" else write_xlsx(rows, response)
    return response


@login_required
@never_cache
def record_import(request: HttpRequest, name: str) -> HttpResponse:
    """Read a table and show what it would change, or all that is wrong with it."""
    organization = _writable(request, name)
    form = TableForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "form": form,
        "organization": organization,
        "hide_feedback": True,
        "breadcrumbs": [workbench_crumb(), (_("Records from a table"), "")],
    }
    if form.is_valid():
        preview = TableReader(working_datasets(_records(organization))).preview(form.rows)
        context |= {"preview": preview, "unchanged": preview.unchanged} | _shown(preview.changes)
        if preview.changes and not preview.problems:
            context["token"] = _kept(request, organization, preview.changes)
    is_wrong = form.errors or (context.get("preview") and context["preview"].problems)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "datasets/workbench/import.html", context, status=status)


@login_required
@require_POST
def record_import_apply(request: HttpRequest, name: str) -> HttpResponse:
    """Write what was shown."""
    organization = _writable(request, name)
    key = _key(request, organization, request.POST.get("token", ""))
    with lock(key):  # who presses the button twice writes once
        changes = cache.get(key)
        if changes is None:
            messages.error(request, _("This was saved already, or the preview is too old. Look at your records."))
        elif _applied(request, changes, organization, note=_("From a table")):
            cache.delete(key)
            return redirect("datasets:record-list")
    return redirect("datasets:record-import", name)


@login_required
@never_cache
def record_bulk(request: HttpRequest) -> HttpResponse:
    """The same change of the records that `record` names: shown first, and written when it is confirmed."""
    given = request.POST if request.method == "POST" else request.GET
    mine = Dataset.objects.filter(owner_org__in=organizations_of(request.user, OrganizationRole.EDITOR))  # type: ignore[arg-type]
    records = working_datasets(mine.filter(pk__in=_identifiers(given.getlist("record"))).order_by("name"))
    if not records:
        raise Http404
    if "token" in request.POST:
        return _bulk_applied(request, records)
    form = BulkForm(request.POST if request.method == "POST" else None, keywords=keywords_of(records[0].owner_org_id))
    context = {
        "form": form,
        "records": records,
        "seen": form.seen(records),
        "hide_feedback": True,
        "breadcrumbs": [workbench_crumb(), (_("Change several records"), "")],
    }
    if form.is_valid():
        changes, clashes = form.changes(records, request.POST.get("seen", ""))
        touched = {change.id for change in (*changes, *clashes)}
        context |= {"token": _kept(request, None, changes), "unchanged": len(records) - len(touched)} | _shown(changes)
        context["clashes"] = _shown(clashes)["lines"]
    return render(request, "datasets/workbench/bulk.html", context, status=422 if form.errors else 200)


def _bulk_applied(request: HttpRequest, records: list[Dataset]) -> HttpResponse:
    """Write what was shown, where it is all in records that the person may still change."""
    key = _key(request, None, request.POST["token"])
    with lock(key):
        changes = cache.get(key)
        if changes is None or not {change.id for change in changes} <= {record.pk for record in records}:
            messages.error(request, _("This was saved already, or the preview is too old. Look at your records."))
        elif _applied(request, changes, None):
            cache.delete(key)
    return redirect("datasets:record-list")


def _applied(request: HttpRequest, changes: list[bulk.RecordChange], organization: Organization | None, note: str = "") -> bool:
    """Whether the changes are written, all of them; if not, the person is told why."""
    actor: Any = request.user
    try:
        written = bulk.apply(changes=changes, organization=organization, actor=actor, now=timezone.now(), note=note)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except DatasetsError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(count)d record is saved.", "%(count)d records are saved.", len(written))
        messages.success(request, said % {"count": len(written)})
        return True
    return False


def _records(organization: Organization) -> Any:
    return Dataset.objects.filter(owner_org=organization).order_by("name")


def _writable(request: HttpRequest, name: str) -> Organization:
    return get_object_or_404(organizations_of(request.user, OrganizationRole.EDITOR), name=name)  # type: ignore[arg-type]


def _kept(request: HttpRequest, organization: Organization | None, changes: list[bulk.RecordChange]) -> str:
    """Keep what is shown until it is confirmed; what the confirmation names it by."""
    token = secrets.token_urlsafe()
    cache.set(_key(request, organization, token), changes, KEEP_SECONDS)
    return token


def _key(request: HttpRequest, organization: Organization | None, token: str) -> str:
    return f"record-table-{request.user.pk}-{organization.pk if organization else ''}-{token}"


def _identifiers(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _shown(changes: list[bulk.RecordChange]) -> dict[str, Any]:
    """The changes as people read them, and the records on their way to the public that they bring back."""
    lines = [
        {
            "title": change.title,
            "is_new": change.id is None,
            "cells": [
                (column, in_words(column, change.before[column]), in_words(column, value))
                for column, value in sorted(change.after.items())
            ],
        }
        for change in changes
    ]
    return {"lines": lines, "brought_back": on_their_way([change.id for change in changes if change.id])}
