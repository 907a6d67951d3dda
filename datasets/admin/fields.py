"""How columns of the schema look in the administration: choices of vocabularies by their labels, lists as lines."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.recorded_admin import RecordedAdmin
from opengov.administration import bilingual_label

from ..ckan.fields import DATASET_FIELDS, RESOURCE_FIELDS
from ..ckan.values import safe_address
from ..enums import Vocabulary
from ..errors import DatasetsError
from ..forms.fields import GeometryField, LeanSelect, LinesField, ShapedField
from ..selectors import terms
from ..services import links

VOCABULARIES: dict[str, dict[str, str]] = {
    "dataset": {field.stem: field.vocabulary for field in DATASET_FIELDS if field.vocabulary},
    "resource": {field.stem: field.vocabulary for field in RESOURCE_FIELDS if field.vocabulary},
    "relationship": {"kind": Vocabulary.RELATIONSHIP_KIND, "related_type": Vocabulary.RELATED_TYPE},
    "organization": {
        "jurisdiction": Vocabulary.JURISDICTION,
        "faa_schedule": Vocabulary.FAA_SCHEDULE,
        "reporting_requirements": Vocabulary.REPORTING_REQUIREMENTS,
        "registry_access": Vocabulary.REGISTRY_ACCESS,
    },
}
WIDE = {"rows": 4, "class": "vLargeTextField"}
SHAPES: dict[str, type] = {
    "spatial": dict, "contact_information": dict, "distributor": dict, "machine_translated": dict, "credit": list,
}  # fmt: skip
LINES = ("keywords", "former_acronyms", "aliases")


class CatalogueAdmin(RecordedAdmin):
    """Pages of administration over the services of the catalogue."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (*RecordedAdmin.refusals, DatasetsError)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> forms.Field | None:
        return field_of(db_field) or super().formfield_for_dbfield(db_field, request, **kwargs)


def field_of(column: Any) -> forms.Field | None:
    """A field of our own for a column of codes, of JSON or of a list; `None` for any other."""
    bilingual = hasattr(column, "translated_field")
    stem = column.translated_field.name if bilingual else column.name
    options = {
        "label": bilingual_label(column) if bilingual else capfirst(column.verbose_name),
        "required": False,
        "initial": column.get_default(),
    }
    if vocabulary := VOCABULARIES.get(column.model._meta.model_name, {}).get(stem):
        return _code_field(column, vocabulary, options)
    area = forms.Textarea(attrs=WIDE | ({"lang": column.language} if bilingual else {}))
    if stem in SHAPES:
        return (GeometryField if stem == "spatial" else ShapedField)(shape=SHAPES[stem], widget=area, **options)
    if stem in LINES:
        return LinesField(help_text=gettext_lazy("One a line"), widget=area, **options)
    return None


def _code_field(column: Any, vocabulary: str, options: dict[str, Any]) -> forms.Field:
    choices = [(each.code, _words(each)) for each in terms.choices(vocabulary).values()]
    if column.get_internal_type() == "JSONField":
        return forms.MultipleChoiceField(choices=choices, widget=LeanSelect(attrs={"size": min(8, len(choices))}), **options)
    nothing = [("", "---------")] if column.blank else []
    return forms.ChoiceField(choices=[*nothing, *choices], **options | {"required": not column.blank})


def _words(choice: terms.Choice) -> str:
    # Translators: a choice of a list that is kept for old records.
    return choice.label if choice.is_active else _("%(label)s (no longer offered)") % {"label": choice.label}


def both(stem: str) -> tuple[str, str]:
    """The columns of a text in the two languages, side by side."""
    return f"{stem}_en", f"{stem}_fr"


def refuse_unsafe(address: str) -> str:
    """The address as it is written to the database.

    Raises:
        ValidationError: it is none that may become a link.
    """
    if refusal := links.refusal(address):
        raise ValidationError(refusal, code="unsafe")
    return safe_address(address)[0] if address else ""
