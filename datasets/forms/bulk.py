"""The same change of many records: new values of chosen fields, and single words and subjects that come or go."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import Dataset
from ..services.bulk import RecordChange
from .merging import fingerprint, read_fingerprints
from .record_tables import SPEC_OF
from .records import SPECS, form_field

ADDED, REMOVED = "add", "remove"
LISTS = {
    "keywords_en": (_("Add keywords (in English)"), _("Remove keywords (in English)")),
    "keywords_fr": (_("Add keywords (in French)"), _("Remove keywords (in French)")),
    "subject": (_("Add subjects"), _("Remove subjects")),
}


class Part(NamedTuple):
    """Fields that the page folds together; `is_open`: they say something, or something is wrong with them."""

    label: str
    fields: tuple[forms.BoundField, forms.BoundField]
    is_open: bool


class BulkForm(forms.Form):
    """A field counts where its box is ticked; what is added or removed counts where there is any."""

    STEMS = (
        "subject", "frequency", "license_id", "maintainer_email", "maintainer_contact_form", "org_section", "geographic_region",
        "audience", "topic_category", "program_page_url",
    )  # fmt: skip

    def __init__(self, *args: Any, keywords: tuple[Sequence[str], Sequence[str]] = ((), ()), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = [column for stem in self.STEMS for column in SPECS[stem].columns]
        self.titles: dict[str, str] = {}
        for column, labels in LISTS.items():
            for way, label in zip((ADDED, REMOVED), labels, strict=True):
                field = self.fields[f"{way}-{column}"] = form_field(SPEC_OF[column], column, held="")
                self.titles[column] = str(field.label)
                field.label, field.help_text, field.is_owed = label, "", False  # type: ignore[attr-defined]
        for column, words in zip(("keywords_en", "keywords_fr"), keywords, strict=True):
            for way in (ADDED, REMOVED):
                self.fields[f"{way}-{column}"].widget.words = words
        for column in self.columns:
            self.fields[f"change-{column}"] = forms.BooleanField(required=False)
            self.fields[column] = form_field(SPEC_OF[column], column, held="")

    @property
    def lists(self) -> list[Part]:
        """What is added and what is removed, side by side."""
        return [
            self._part(self.titles[column], self[f"{ADDED}-{column}"], self[f"{REMOVED}-{column}"], is_value=True)
            for column in LISTS
        ]

    @property
    def pairs(self) -> list[Part]:
        """Each field with the box that makes it count."""
        return [self._part(str(self[column].label), self[f"change-{column}"], self[column]) for column in self.columns]

    def _part(self, label: str, first: forms.BoundField, second: forms.BoundField, *, is_value: bool = False) -> Part:
        says = [first, second] if is_value else [first]
        return Part(label, (first, second), any(field.errors for field in (first, second)) or any(_filled(each) for each in says))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        moves = [f"{way}-{column}" for column in LISTS for way in (ADDED, REMOVED)]
        if not self.errors and not any(cleaned.get(name) for name in (*moves, *(f"change-{column}" for column in self.columns))):
            raise ValidationError(_("Tick the fields that are to change."), code="nothing")
        return cleaned

    def seen(self, records: Iterable[Dataset]) -> str:
        """What the page carries of the values that the records had when it was opened."""
        return json.dumps({str(record.pk): " ".join(self._fingerprints(record)) for record in records}, separators=(",", ":"))

    def _fingerprints(self, record: Dataset) -> list[str]:
        return [fingerprint(getattr(record, column)) for column in self.columns]

    def changes(self, records: Iterable[Dataset], seen: str) -> tuple[list[RecordChange], list[RecordChange]]:
        """What becomes of the records, and what does not, because somebody else wrote the same field since the page was opened.

        Records that hold the values already are in neither. A field of which `seen` says nothing counts as written by another.
        """
        opened = read_fingerprints(seen)
        found: list[RecordChange] = []
        clashes: list[RecordChange] = []
        for record in records:
            now, then = self._fingerprints(record), opened.get(str(record.pk), "").split()
            columns = zip_longest(self.columns, now, then[: len(now)])
            theirs = {name for name, mine, other in columns if mine != other and self.cleaned_data[f"change-{name}"]}
            new = {name: value for name, value in self._after(record) if fingerprint(value) != fingerprint(getattr(record, name))}
            for names, into in ((new.keys() - theirs, found), (new.keys() & theirs, clashes)):
                if names:
                    before, after = {name: getattr(record, name) for name in names}, {name: new[name] for name in names}
                    into.append(RecordChange(record.pk, record.title_en or record.title_fr or record.name, before, after))
        return found, clashes

    def _after(self, record: Dataset) -> Iterable[tuple[str, Any]]:
        said: Mapping[str, Any] = self.cleaned_data
        values = {column: said[column] for column in self.columns if said[f"change-{column}"]}
        for column in LISTS:
            held = values.get(column, getattr(record, column) or [])
            gone = {each.casefold() for each in said[f"{REMOVED}-{column}"]}
            kept = [each for each in held if each.casefold() not in gone]
            there = {each.casefold() for each in kept}
            values[column] = kept + [each for each in said[f"{ADDED}-{column}"] if each.casefold() not in there]
        return values.items()


def _filled(field: forms.BoundField) -> bool:
    value = field.value()
    return any(value) if isinstance(value, list | tuple) else bool(value)
