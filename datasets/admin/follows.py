"""Who follows what, without the people; and what waits to be told to them."""

from django.contrib import admin

from engagement.admin import FollowAdmin
from opengov.administration import ReadOnly

from ..models import Announcement, DatasetFollow, OrganizationFollow, SubjectFollow
from .fields import CatalogueAdmin

admin.site.register([DatasetFollow, OrganizationFollow, SubjectFollow], FollowAdmin)


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnly, CatalogueAdmin):
    """It is empty but for a moment; what stays here was not told, and is tried again every minute."""

    list_display = ("dataset", "event", "number", "actor", "at")
    list_select_related = ("dataset", "actor")
    ordering = ("-id",)
