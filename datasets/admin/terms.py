from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.recorded_admin import actor_of

from ..models import Term
from ..services import directory
from .fields import CatalogueAdmin, both


@admin.register(Term)
class TermAdmin(CatalogueAdmin):
    """Terms that come with the portal are only retired; the staff's own are theirs. None is deleted: records hold codes."""

    view_on_site = False  # only subjects have a page
    list_display = ("code", "label_en", "label_fr", "vocabulary", "is_active")
    list_filter = ("vocabulary", "is_active")
    search_fields = ("code", "label_en", "label_fr")
    fields = ("vocabulary", "code", both("label"), both("url"), "aliases", "media_type", "openness", "position", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        if not directory.is_on_file(obj):
            return ("vocabulary", "code")
        return ("vocabulary", "code", *both("label"), *both("url"), "aliases", "media_type", "openness", "position")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Term, form: Any, change: bool) -> None:
        directory.save_term(term=obj, actor=actor_of(request), now=timezone.now())
