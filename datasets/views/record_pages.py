"""What the pages of one record in the editor's room share, and the answers of its form."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

import rules
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..ckan.fields import DATASET_FIELDS, RESOURCE_FIELDS
from ..enums import RevisionState
from ..forms.merging import Merge, fingerprints, is_unknown, read_seen, write_fingerprints
from ..forms.records import RecordForm, values_of
from ..forms.relations import related_of
from ..models import Dataset, Revision
from ..selectors import terms
from ..selectors.revision_page import return_of
from ..selectors.workbench import meter
from ..selectors.working_resources import holdings
from ..services import revisions

VOCABULARY = {spec.stem: spec.vocabulary for spec in (*DATASET_FIELDS, *RESOURCE_FIELDS) if spec.vocabulary}


def workbench_crumb() -> tuple[str, str]:
    return _("Workbench"), reverse("datasets:record-list")


def editable(request: HttpRequest, pk: UUID) -> Revision:
    """The revision, where the person is an editor of its department.

    Raises:
        Http404: they are not.
    """
    found = Revision.objects.visible_to(request.user).select_related("dataset__owner_org")
    revision = get_object_or_404(found, pk=pk)
    if not rules.has_perm("datasets.edit_revision", request.user, revision):
        raise Http404
    return revision


def record_context(revision: Revision, dataset: Dataset, here: str) -> dict[str, Any]:
    """What the head and the side of each page of a record show; `dataset` as it is worked on, `here` one of its steps."""
    resources = holdings(revision)
    return {
        "revision": revision,
        "dataset": dataset,
        "here": here,
        "meter": meter(dataset, resources.kinds),
        "returned": return_of(revision),
        "is_at_work": revision.state == RevisionState.EDITING,
        "resource_count": resources.count,
        "hide_feedback": True,
        "breadcrumbs": [workbench_crumb(), (str(dataset), "")],
    }


def save(request: HttpRequest, revision: Revision, edit: revisions.Edit) -> Revision:
    """Keep an edit of the revision as it was read.

    Raises:
        ChangedMeanwhile: see `revisions.save`.
        NotOpen: see there.
        ValidationError: see there.
    """
    actor: Any = request.user
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=actor, now=timezone.now())


def clash_rows(form: Form, found: Merge) -> list[dict[str, Any]]:
    """The fields that two people changed, with what each of them wrote."""
    return [
        {"field": form[column], "mine": in_words(column, found.changes[column]), "stored": in_words(column, value)}
        for column, value in found.clashes.items()
    ]


def in_words(column: str, value: Any) -> str:
    """A value as a person reads it."""
    if vocabulary := VOCABULARY.get(column):
        return ", ".join(terms.label(vocabulary, code) for code in (value if isinstance(value, list) else [value]) if code)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value or "")


@dataclass
class FormPage:
    """The answers that the form of a record gives."""

    request: HttpRequest
    revision: Revision
    dataset: Dataset
    form: RecordForm

    def __post_init__(self) -> None:
        self.stored = values_of(self.dataset, self.form.columns)

    @cached_property
    def seen(self) -> dict[str, str]:
        """Fingerprints of the values that the form showed when the person began."""
        if self.request.method == "POST":
            return read_seen(self.request.POST, self.form.columns)
        return fingerprints(self.stored)

    def shown(self, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        context = record_context(self.revision, self.dataset, "record") | {
            "form": self.form,
            "sections": list(self.form.sections()),
            "seen": write_fingerprints(self.seen),
        }
        return render(self.request, "datasets/workbench/record.html", context | more, status=status)

    def refused(self, error: str | ValidationError = "") -> HttpResponse:
        """The form as it was sent, with what is wrong."""
        self.form.is_valid()
        if isinstance(error, str):
            return self.shown(HTTPStatus.UNPROCESSABLE_ENTITY if self.form.errors else HTTPStatus.CONFLICT, refusal=error)
        for column, problems in getattr(error, "message_dict", {None: error.messages}).items():
            self.form.add_error(column if column in self.form.fields else None, problems)
        return self.shown(HTTPStatus.UNPROCESSABLE_ENTITY)

    def compared(self, found: Merge) -> HttpResponse:
        """The form with what the person wrote, what others wrote elsewhere, and beside each field that both wrote, the other."""
        self._apply(found.changes)
        is_blind, self.seen = is_unknown(self.seen), fingerprints(self.stored)
        self.form = RecordForm(dataset=self.dataset)
        return self.shown(HTTPStatus.CONFLICT, clashes=clash_rows(self.form, found), is_blind=is_blind)

    def saved(self, found: Merge) -> HttpResponse:
        """Written as a whole."""
        self._write(found.changes)
        if found.others:
            messages.info(self.request, _("Somebody else changed other fields while you wrote. Both are kept."))
        messages.success(self.request, _("The record is saved."))
        if "next" in self.request.POST:
            return redirect("datasets:record-resources", self.revision.pk)
        return redirect("datasets:record-edit", self.revision.pk)

    def kept(self, found: Merge) -> HttpResponse:
        """What may be written of it without asking, written; for htmx, which asks as one goes."""
        changes = {name: value for name, value in found.changes.items() if name not in found.clashes}
        failing = list(self.form.errors)
        if self.revision.state == RevisionState.EDITING:
            try:
                self._write(changes, is_kept=True)
                self.seen |= fingerprints(changes)
            except ValidationError as error:
                failing += getattr(error, "message_dict", {})
        context = record_context(self.revision, self.dataset, "record") | {
            "seen": write_fingerprints(self.seen),
            "now": timezone.now(),
            "clashing": [self.form[column].label for column in found.clashes],
            "failing": [self.form[column].label for column in failing if column in self.form.fields],
            "is_kept": self.revision.state == RevisionState.EDITING,
        }
        return render(self.request, "datasets/workbench/kept.html", context)

    def _apply(self, changes: dict[str, Any]) -> None:
        for column, value in changes.items():
            setattr(self.dataset, column, value)

    def _write(self, changes: dict[str, Any], *, is_kept: bool = False) -> None:
        if changes:
            self._apply(changes)
            related = related_of(changes["links"]) if "links" in changes else None
            edit = revisions.Edit(dataset=self.dataset, relationships=related, is_kept=is_kept)
            self.revision = save(self.request, self.revision, edit)
