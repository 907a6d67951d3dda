"""What the portal sees of a record that helps a reviewer with a criterion. Findings, never decisions."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..enums import Criterion
from ..models import Resource
from ..personal_traces import traces
from ..previews import kind_of, preview_of
from ..services.computed import openness
from .working_copies import WorkingCopy

MOST_FILES = 40
OPEN_ENOUGH = 3
KINDS = {
    "sin": gettext_lazy("social insurance numbers"),
    "email": gettext_lazy("e-mail addresses"),
    "telephone": gettext_lazy("telephone numbers"),
    "postal_code": gettext_lazy("postal codes"),
}
TEXTS = (("title", gettext_lazy("title")), ("notes", gettext_lazy("description")), ("keywords", gettext_lazy("keywords")))
TEXTS_OF_RESOURCES = (("name", gettext_lazy("name")), ("description", gettext_lazy("description")))


@dataclass(frozen=True, slots=True)
class Finding:
    text: str
    is_warning: bool = True


def findings_of(copy: WorkingCopy) -> dict[Criterion, list[Finding]]:
    """By criterion; a criterion that a machine can say nothing of is not there."""
    return {
        Criterion.PRIVACY: list(_privacy(copy)),
        Criterion.OFFICIAL_LANGUAGES: list(_languages(copy)),
        Criterion.FORMATS: list(_formats(copy)),
    }


def _privacy(copy: WorkingCopy) -> Iterator[Finding]:
    """The heads of the tables that the portal holds, the changed ones first."""
    tables = [row for row in copy.resources if kind_of(row) in ("table", "workbook")]
    changed = {row.pk for row in copy.changed}
    tables.sort(key=lambda row: row.pk not in changed)
    looked, warned = 0, False
    for row in tables[:MOST_FILES]:
        preview = preview_of(row)
        if preview is None or preview.table is None:
            continue
        looked += 1
        for trace in traces(preview.table):
            warned = True
            yield Finding(_trace_text(row, str(KINDS[trace.kind]), trace.column, trace.cells))
    if looked and not warned:
        text = ngettext(
            "Nothing like personal information is in the first rows of %(count)d table.",
            "Nothing like personal information is in the first rows of %(count)d tables.",
            looked,
        )
        yield Finding(text % {"count": looked}, is_warning=False)
    if unseen := len(copy.resources) - looked:
        text = ngettext(
            "%(count)d resource was not looked into: it is no table, or stands elsewhere.",
            "%(count)d resources were not looked into: they are no tables, or stand elsewhere.",
            unseen,
        )
        yield Finding(text % {"count": unseen})


def _trace_text(row: Resource, kind: str, column: str, cells: int) -> str:
    said = {"resource": _name(row), "column": column, "kind": kind, "cells": cells}
    if not cells:
        return _("%(resource)s: the name of the column “%(column)s” speaks of %(kind)s.") % said
    text = ngettext(
        "%(resource)s: the column “%(column)s” holds what looks like %(kind)s in %(cells)d row.",
        "%(resource)s: the column “%(column)s” holds what looks like %(kind)s in %(cells)d rows.",
        cells,
    )
    return text % said


def _languages(copy: WorkingCopy) -> Iterator[Finding]:
    places = [(copy.dataset, _("The record"), TEXTS), *((row, _name(row), TEXTS_OF_RESOURCES) for row in copy.resources)]
    found = []
    for row, place, texts in places:
        for stem, label in texts:
            english, french = getattr(row, f"{stem}_en"), getattr(row, f"{stem}_fr")
            said = {"place": place, "text": label}
            if not english and french:
                found.append(Finding(_("%(place)s: the %(text)s is missing in English.") % said))
            elif english and not french:
                found.append(Finding(_("%(place)s: the %(text)s is missing in French.") % said))
            elif english and english == french:
                found.append(Finding(_("%(place)s: the %(text)s is the same in English and in French.") % said))
    yield from found or [Finding(_("All texts are there in both languages, and differ."), is_warning=False)]


def _formats(copy: WorkingCopy) -> Iterator[Finding]:
    for row in copy.resources:
        stars = openness([(row.format, row.data_quality)])
        if stars < OPEN_ENOUGH:
            said = {"resource": _name(row), "format": row.format or "?", "stars": stars}
            yield Finding(_("%(resource)s: %(format)s has %(stars)d of 5 stars of openness.") % said)
    best = openness([(row.format, row.data_quality) for row in copy.resources])
    if best >= OPEN_ENOUGH:
        yield Finding(_("The most open format of the record has %(stars)d of 5 stars.") % {"stars": best}, is_warning=False)


def _name(row: Resource) -> str:
    return row.name_en or row.name_fr or row.filename or _("Unnamed resource")
