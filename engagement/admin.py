"""The administration's view of taking part. What moderators decide, they decide in their queue; the log of votes is only read."""

from django.contrib import admin

from opengov.administration import PortalModelAdmin, ReadOnly

from .models import ChainSeal, HumanCheck, Invalidation, TrailRemoval, TrustedNetwork, VoteEvent


@admin.register(VoteEvent)
class VoteEventAdmin(ReadOnly, PortalModelAdmin):
    """The log: it names ballots, never people."""

    list_display = ("id", "board", "thing", "ballot", "kind", "state", "at")
    list_filter = ("board", "kind", "state")
    search_fields = ("ballot__exact", "thing__exact")
    ordering = ("-id",)


@admin.register(ChainSeal)
class ChainSealAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("at", "position", "seal")
    ordering = ("-at",)


@admin.register(HumanCheck)
class HumanCheckAdmin(ReadOnly, PortalModelAdmin):
    list_display = ("user", "way", "passed_at")
    list_select_related = ("user",)
    list_filter = ("way",)
    search_fields = ("user__email__istartswith",)
    fields = ("user", "way", "passed_at", "code_sent_at", "tries")
    ordering = ("-id",)


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
