from django.contrib import admin

from opengov.administration import ReadOnly

from ..models import DailyCount
from .fields import CatalogueAdmin


@admin.register(DailyCount)
class DailyCountAdmin(ReadOnly, CatalogueAdmin):
    """What the public statistics are drawn from; rows without a dataset count the whole portal."""

    list_display = ("day", "kind", "dataset", "count")
    list_select_related = ("dataset",)
    list_filter = ("kind", ("dataset", admin.EmptyFieldListFilter))
    search_fields = ("dataset__name__exact",)
    ordering = ("-id",)
