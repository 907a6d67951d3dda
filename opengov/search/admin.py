from django.contrib import admin

from ..administration import PortalModelAdmin, ReadOnly
from .models import OutboxEntry


@admin.register(OutboxEntry)
class OutboxEntryAdmin(ReadOnly, PortalModelAdmin):
    """What still waits for the search index. Entries go within a minute; those that stay are a sign of trouble."""

    list_display = ("object_id", "model", "queued_at")
    search_fields = ("object_id__exact",)
    ordering = ("id",)
