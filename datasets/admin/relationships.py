"""The relationships of a dataset, written with it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..errors import RelatedInACircle
from ..incoming import Related
from ..models import Relationship
from ..services.relationships import refuse_circles
from .fields import field_of, refuse_unsafe


class RelationshipForm(forms.ModelForm):
    def clean_url(self) -> str:
        return refuse_unsafe(self.cleaned_data["url"])

    def clean_url_fr(self) -> str:
        return refuse_unsafe(self.cleaned_data["url_fr"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("target") and not cleaned.get("url"):
            raise ValidationError(_("A relationship needs a dataset of the catalogue or an address."), code="nowhere")
        return cleaned


class RelationshipFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """What the database would refuse, said in words."""
        seen: set[tuple[str, object]] = set()
        for related in self.related():
            ends = {(related.kind, end) for end in (related.target, related.url) if end}
            if related.target == self.instance.pk:
                raise ValidationError(_("A dataset is not related to itself."), code="itself")
            if ends & seen:
                raise ValidationError(_("The same relationship stands here twice."), code="twice")
            seen |= ends
        try:
            refuse_circles(self.instance, self.related())
        except RelatedInACircle as circle:
            raise ValidationError(str(circle), code="circle") from circle

    def related(self) -> list[Related]:
        """The relationships as they are to be, in their order."""
        kept = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None) and not form.errors]
        return [
            Related(
                kind=row["kind"],
                related_type=row["related_type"],
                url=row["url"],
                url_fr=row["url_fr"],
                target=row["target"].pk if row["target"] else None,
            )
            for row in kept
            if not row.get("DELETE")
        ]


class RelationshipInline(admin.TabularInline):
    model = Relationship
    fk_name = "dataset"
    form = RelationshipForm
    formset = RelationshipFormSet
    fields = ("kind", "related_type", "target", "url", "url_fr")
    autocomplete_fields = ("target",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("target")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        return field_of(db_field) or super().formfield_for_dbfield(db_field, request, **kwargs)
