"""The administration's view of taking part. What moderators decide, they decide in their queue; the log of votes is only read."""

from django.contrib import admin

from accounts.recorded_admin import RecordedAdmin
from opengov.administration import PortalModelAdmin, ReadOnly

from .models import ChainSeal, HumanCheck, Invalidation, Proof, Report, TrailRemoval, TrustedNetwork, VoteEvent


@admin.register(VoteEvent)
class VoteEventAdmin(ReadOnly, PortalModelAdmin):
    """The log: it names ballots, never people."""

    list_display = ("id", "board", "thing", "ballot", "kind", "state", "at")
    list_filter = ("board", "kind", "state")
    search_fields = ("ballot__exact", "thing__exact")
    ordering = ("-id",)


class FollowAdmin(ReadOnly, PortalModelAdmin):
    """Follows without the people: that is nobody's business but theirs."""

    list_display = ("thing", "since")
    list_select_related = ("thing",)
    fields = ("thing", "since")
    ordering = ("-id",)


@admin.register(ChainSeal)
class ChainSealAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("at", "position", "seal")
    ordering = ("-at",)


@admin.register(Proof)
class ProofAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("at", "lines", "faults")
    ordering = ("-at",)


@admin.register(HumanCheck)
class HumanCheckAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("user", "way", "passed_at")
    list_select_related = ("user",)
    list_filter = ("way",)
    search_fields = ("user__email__istartswith",)
    fields = ("user", "way", "passed_at", "code_sent_at", "tries")
    ordering = ("-id",)


@admin.register(Report)
class ReportAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("kind", "item", "reason", "outcome", "reported_at", "decided_by")
    list_select_related = ("decided_by",)
    list_filter = ("outcome", "reason", "kind")
    fields = ("kind", "item", "reason", "note", "reported_at", "outcome", "decided_at", "decided_by")
    search_fields = ("item__exact",)
    ordering = ("-id",)


class CommentAdmin(ReadOnly, RecordedAdmin):
    """The comments of a board, for its room to register. They are moderated in the queue."""

    list_display = ("__str__", "thing", "moderation", "language", "created_at", "deleted_at")
    list_select_related = ("thing",)
    list_filter = ("moderation", "language", ("organization", admin.EmptyFieldListFilter))
    search_fields = ("text__istartswith",)
    ordering = ("-id",)


class RatingAdmin(ReadOnly, PortalModelAdmin):
    """The ratings of a board, without who gave them: that is the staff's business as little as a ballot is."""

    list_display = ("thing", "stars", "rated_at")
    list_select_related = ("thing",)
    list_filter = ("stars",)
    fields = ("thing", "stars", "rated_at")
    search_fields = ("thing__pk__exact",)
    ordering = ("-id",)


class ScoreAdmin(ReadOnly, PortalModelAdmin):
    """The scores of a board."""

    list_display = ("thing", "number", "mean")
    list_select_related = ("thing",)
    search_fields = ("thing__pk__exact",)
    ordering = ("-number", "-pk")


@admin.register(TrailRemoval)
class TrailRemovalAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("author", "moderator", "reason", "at", "undone_at")
    list_select_related = ("author", "moderator")
    ordering = ("-at",)


@admin.register(TrustedNetwork)
class TrustedNetworkAdmin(PortalModelAdmin):
    """Where many honest people vote from one address: hubs, schools, libraries."""

    list_display = ("label", "network", "until")
    search_fields = ("label__istartswith",)
    ordering = ("-until",)


@admin.register(Invalidation)
class InvalidationAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("board", "reason", "proposed_by", "proposed_at", "approved_by", "approved_at", "number", "undone_at")
    list_select_related = ("proposed_by", "approved_by")
    ordering = ("-proposed_at",)
