"""The forms of the editor's room: find a record, begin one, fill one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from opengov.administration import bilingual_label

from ..ckan.fields import DATASET_FIELDS, Field, Kind
from ..completeness import OWED
from ..enums import RecordType, Situation
from ..models import Dataset
from ..selectors import terms
from .fields import CheckList, GeometryField, PlainField, WordsField, WordsInput
from .objects import ContactField, CreditField, TranslatedByMachineField
from .record_sections import HELP, Part, parts_of
from .relations import RelationsField

MACHINE = Field("machine_translated", Kind.OBJECT)  # the schema says it in the keys of each text
LINKS = Field("links", Kind.LIST)  # relationships, which have a table of their own
SPECS = {spec.stem: spec for spec in (*DATASET_FIELDS, MACHINE, LINKS)}
TRANSLATABLE = ("title", "notes", "keywords", "additional_notes", "org_section", "contributor")
REQUIRED = frozenset(column for column, _label in OWED)


class RecordListForm(forms.Form):
    """What the list of records shows; without a state, all."""

    q = forms.CharField(label=_("Title"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("State"), required=False, choices=lambda: [("", _("All")), *Situation.choices])


class NewRecordForm(forms.Form):
    """What is known at the beginning; the rest is filled on the next page."""

    owner_org = forms.ModelChoiceField(Organization.objects.none(), label=_("Organization"), empty_label=None)
    record_type = forms.ChoiceField(
        label=_("What do you want to describe?"), choices=RecordType, initial=RecordType.DATASET, widget=forms.RadioSelect
    )
    title_en = PlainField(
        label=_("Title (in English)"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"lang": "en"}),
        help_text=_("One title is enough to begin. A record goes to review when both are there."),
    )
    title_fr = PlainField(
        label=_("Title (in French)"), max_length=1000, required=False, widget=forms.TextInput(attrs={"lang": "fr"})
    )

    def __init__(self, *args: Any, organizations: models.QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner_org"]
        field.queryset = organizations  # type: ignore[attr-defined]
        if len(organizations) == 1:
            field.widget, field.initial = field.hidden_widget(), organizations[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title_en") and not cleaned.get("title_fr"):
            self.add_error("title_en", _("Give a title, in English or in French."))
        return cleaned


@dataclass(frozen=True)
class Section:
    """A part of the form with its fields, those of one text in two languages side by side."""

    part: Part
    rows: Sequence[Sequence[forms.BoundField]]
    is_open: bool


class RecordForm(forms.Form):
    """The fields that a record of this kind has. Nothing is required: what is owed is owed at review.

    The form starts from a row of a working copy, and gives the columns that it holds.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        dataset: Dataset,
        keywords: tuple[Sequence[str], Sequence[str]] = ((), ()),
        relatable: models.QuerySet[Dataset] | None = None,
    ) -> None:
        self.parts = parts_of(dataset)
        self.columns = [column for part in self.parts for stem in part.stems for column in SPECS[stem].columns]
        super().__init__(data, initial=values_of(dataset, self.columns))
        for part in self.parts:
            for stem in part.stems:
                for column in SPECS[stem].columns if stem != LINKS.stem else ():
                    self.fields[column] = form_field(SPECS[stem], column, held=self.initial[column])
        found = Dataset.objects.published() if relatable is None else relatable
        label, help_text = _("Relationships"), HELP[LINKS.stem]
        options = {"label": label, "help_text": help_text, "required": False}
        self.fields[LINKS.stem] = RelationsField(dataset=dataset, relatable=found, held=self.initial[LINKS.stem], **options)
        for column, words in zip(("keywords_en", "keywords_fr"), keywords, strict=True):
            self.fields[column].widget.words = words

    def sections(self) -> Iterator[Section]:
        for part in self.parts:
            rows = [[self[column] for column in SPECS[stem].columns] for stem in part.stems]
            yield Section(part, rows, not part.is_folded or any(field.errors for row in rows for field in row))

    def written(self) -> dict[str, Any]:
        """The values of the columns that hold what they may."""
        return {column: self.cleaned_data[column] for column in self.columns if column in self.cleaned_data}


def values_of(dataset: Dataset, columns: Iterable[str]) -> dict[str, Any]:
    """Of a row of a working copy; its links where they were given to it."""
    return {column: getattr(dataset, column, []) for column in columns}


def form_field(spec: Field, name: str, *, held: Any) -> forms.Field:
    """The field of a column: the right native control, its name, its help, its language. `held`: the record's value."""
    column: Any = Dataset._meta.get_field(name)
    options: dict[str, Any] = {
        "label": bilingual_label(column) if spec.is_bilingual else capfirst(column.verbose_name),
        "help_text": HELP.get(spec.stem, ""),
        "required": False,
    }
    if spec.vocabulary:
        found = _coded(spec, column, held, options)
    else:
        found = _object(spec, held, options) or _plain(spec, column, options)
    found.is_owed = name in REQUIRED  # type: ignore[attr-defined]
    if spec.is_bilingual:
        found.widget.attrs["lang"] = column.language
    return found


def _coded(spec: Field, column: Any, held: Any, options: dict[str, Any]) -> forms.Field:
    """A choice that is no longer offered stands in the list of a record that holds it."""
    kept = held if isinstance(held, list) else [held]
    choices = [(each.code, each.label) for each in terms.choices(spec.vocabulary).values() if each.is_active or each.code in kept]
    if isinstance(column, models.JSONField):
        return forms.MultipleChoiceField(choices=choices, widget=CheckList, **options)
    nothing = [("", _("Choose one"))] if column.blank or not held else []
    return forms.ChoiceField(choices=[*nothing, *choices], **options)


def _object(spec: Field, held: Any, options: dict[str, Any]) -> forms.Field | None:
    """The field of a column of objects; `None` for any other."""
    if spec.stem == "credit":
        return CreditField(held=held, **options)
    if spec.stem == "contact_information":
        return ContactField(held=held, **options)
    if spec.stem == MACHINE.stem:
        columns: list[Any] = [Dataset._meta.get_field(stem) for stem in TRANSLATABLE]
        texts = [(column.name, capfirst(column.verbose_name)) for column in columns]
        return TranslatedByMachineField(texts=texts, held=held, **options)
    return None


def _plain(spec: Field, column: Any, options: dict[str, Any]) -> forms.Field:
    if spec.stem == "keywords":
        return WordsField(widget=WordsInput(), **options)
    if spec.stem == "spatial":
        return GeometryField(shape=dict, widget=forms.Textarea(attrs={"rows": 4, "class": "code"}), **options)
    if isinstance(column, models.DateField):
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
    if spec.stem == "maintainer_email":
        return forms.EmailField(max_length=column.max_length, **options)
    if spec.stem in ("maintainer_contact_form", "program_page_url"):
        return forms.URLField(max_length=column.max_length, assume_scheme="https", **options)
    if isinstance(column, models.TextField):
        return PlainField(widget=forms.Textarea(attrs={"rows": 5}), **options)
    return PlainField(max_length=column.max_length, **options)
