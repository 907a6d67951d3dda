"""The administration's view of the request board. It is moderated in the queue, and answered on its own pages."""

from typing import ClassVar

from django.contrib import admin

from accounts.recorded_admin import RecordedAdmin
from engagement.admin import CommentAdmin, FollowAdmin
from opengov.administration import PortalModelAdmin, ReadOnly, ReadOnlyInline

from .models import DataRequest, RequestComment, RequestFollow, RequestVote, StatusChange, Turn


class StatusChangeInline(ReadOnlyInline):
    model = StatusChange
    fields = ("at", "status", "comment_en", "comment_fr", "organization", "actor")


class TurnInline(ReadOnlyInline):
    model = Turn
    fields = ("organization", "began_at", "due_on", "answered_at", "ended_at", "is_handed_on")


@admin.register(DataRequest)
class DataRequestAdmin(ReadOnly, RecordedAdmin):
    list_display = ("title", "kind", "moderation", "status", "organization", "votes_counted", "created_at")
    list_select_related = ("organization",)
    list_filter = ("moderation", "status", "kind", "language")
    list_defer = ("description", "why", "use")
    search_fields = ("title__istartswith",)
    ordering = ("-id",)
    inlines: ClassVar = [StatusChangeInline, TurnInline]


@admin.register(RequestVote)
class RequestVoteAdmin(ReadOnly, PortalModelAdmin):
    """Votes without their voters: a ballot is secret to the staff, too."""

    list_display = ("ballot", "thing", "cast_at", "withdrawn_at", "is_provisional", "invalidation")
    list_select_related = ("thing", "invalidation")
    list_filter = ("is_provisional", ("invalidation", admin.EmptyFieldListFilter))
    fields = ("ballot", "thing", "cast_at", "withdrawn_at", "flags", "is_provisional", "invalidation")
    search_fields = ("ballot__exact",)
    ordering = ("-id",)


admin.site.register(RequestComment, CommentAdmin)


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("request", "status", "organization", "actor", "at")
    list_select_related = ("request", "organization", "actor")
    list_filter = ("status",)
    ordering = ("-id",)


admin.site.register(RequestFollow, FollowAdmin)
