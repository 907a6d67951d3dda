from django.contrib import admin

from opengov.administration import ReadOnly

from ..models import Version
from .fields import CatalogueAdmin


@admin.register(Version)
class VersionAdmin(ReadOnly, CatalogueAdmin):
    list_display = ("dataset", "number", "resource_id", "is_public", "actor", "source", "at")
    list_select_related = ("dataset", "actor")
    list_filter = ("is_public",)
    list_defer = ("data",)
    search_fields = ("dataset__name__exact",)
    ordering = ("-id",)
