from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.recorded_admin import actor_of

from ..enums import DatasetState
from ..models import Resource
from ..services import revisions
from .fields import CatalogueAdmin, both, refuse_unsafe


class ResourceForm(forms.ModelForm):
    def clean_url(self) -> str:
        return refuse_unsafe(self.cleaned_data["url"])


@admin.register(Resource)
class ResourceAdmin(CatalogueAdmin):
    """The files and addresses of datasets; an uploaded file itself is not changed here."""

    form = ResourceForm
    list_display = ("__str__", "dataset", "position", "format", "resource_type", "metadata_modified")
    list_select_related = ("dataset",)
    list_defer = ("description_en", "description_fr", "extras", "relationships")
    search_fields = ("dataset__name",)
    search_help_text = _("Identifier of the resource or of its dataset, or the beginning of the dataset's slug")
    autocomplete_fields = ("dataset",)
    fieldsets = (
        (None, {"fields": ("dataset", both("name"), both("description"), "url")}),
        (_("What it is"), {"fields": (("resource_type", "format"), "language", ("character_set", "size"), "data_quality")}),
        (_("When and where"), {"fields": ("date_published", "position", "unique_identifier")}),
        (
            _("Kept by the portal"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("file", "filename", "sha256"),
                    ("validation_status", "validation_timestamp"),
                    ("created", "metadata_modified"),
                    "machine_translated",
                    "relationships",
                    "extras",
                ),
            },
        ),
    )
    kept = ("file", "filename", "sha256", "validation_status", "validation_timestamp", "created", "metadata_modified")

    def get_readonly_fields(self, request: HttpRequest, obj: Resource | None = None) -> tuple[str, ...]:
        kept = (*self.kept, "machine_translated", "relationships", "extras")
        if obj is None:
            return (*kept, "position")
        return (*kept, "dataset", *(("url", "size") if obj.file else ()))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Those of one dataset in their order; a million of them as the index of identifiers has them."""
        return ("position", "created", "id") if "dataset__id__exact" in request.GET else ("id",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Resource], search_term: str
    ) -> tuple[QuerySet[Resource], bool]:
        text = search_term.strip().replace("\0", "")
        try:
            asked = Q(pk=UUID(text)) | Q(dataset=UUID(text))
        except ValueError:
            asked = Q(dataset__name__startswith=text.lower())
        return (queryset.filter(asked) if text else queryset), False

    def save_model(self, request: HttpRequest, obj: Resource, form: Any, change: bool) -> None:
        self._write(request, obj, revisions.Edit(resources=[obj]))

    def delete_model(self, request: HttpRequest, obj: Resource) -> None:
        self._write(request, obj, revisions.Edit(removed=[obj.pk]))

    def has_change_permission(self, request: HttpRequest, obj: Resource | None = None) -> bool:
        return super().has_change_permission(request, obj) and is_of_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Resource | None = None) -> bool:
        return super().has_delete_permission(request, obj) and is_of_draft(obj)

    @staticmethod
    def _write(request: HttpRequest, resource: Resource, edit: revisions.Edit) -> None:
        revisions.write_draft(dataset=resource.dataset, edit=edit, actor=actor_of(request), now=timezone.now())


def is_of_draft(resource: Resource | None) -> bool:
    """The resources of what was public are changed by a revision alone."""
    return resource is None or resource.dataset.state == DatasetState.DRAFT
