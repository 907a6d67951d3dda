from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from accounts.recorded_admin import actor_of

from ..services import directory
from .fields import CatalogueAdmin, both


@admin.register(Organization)
class OrganizationAdmin(CatalogueAdmin):
    """An organization that publishes is closed and named a successor, never deleted."""

    list_display = ("name", "title_en", "title_fr", "shortform_en", "jurisdiction", "is_active")
    list_filter = ("is_active", "jurisdiction")
    search_fields = ("name", "title_en", "title_fr", "shortform_en", "shortform_fr")
    ordering = ("name",)
    autocomplete_fields = ("parent", "successors")
    readonly_fields = ("extras", "created_at")
    fieldsets = (
        (None, {"fields": ("name", both("title"), both("shortform"), both("description"), "former_acronyms", "is_active")}),
        (_("Place among the others"), {"fields": ("jurisdiction", "parent", "successors")}),
        (_("Duties and contact"), {"fields": ("faa_schedule", "reporting_requirements", "ati_email", "opengov_email")}),
        (
            _("Other"),
            {"classes": ("collapse",), "fields": ("department_number", "umd_number", "registry_access", "extras", "created_at")},
        ),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        """With its successors: see `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        directory.save_organization(
            organization=form.instance,
            actor=actor_of(request),
            now=timezone.now(),
            successors=form.cleaned_data.get("successors"),
        )
