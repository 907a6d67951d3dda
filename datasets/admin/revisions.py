"""What passes the gates, for looking at: it is moved on its own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opengov.administration import ReadOnly, ReadOnlyInline, SelectFilter

from ..models import Answer, Revision, SignOff
from .fields import CatalogueAdmin


class AnswerInline(ReadOnlyInline):
    model = Answer
    fields = ("criterion", "decision", "note", "attachment_name", "reviewer", "at")


class SignOffInline(ReadOnlyInline):
    model = SignOff
    fields = ("name", "position", "signed_on", "attachment_name", "at", "lapsed_at", "lapsed_because", "lapsed_because_fr")


@admin.register(Revision)
class RevisionAdmin(ReadOnly, CatalogueAdmin):
    list_display = ("__str__", "state", "moved_at", "visible_from")
    list_select_related = ("dataset",)
    list_filter = ("state", ("dataset__owner_org", SelectFilter))
    search_fields = ("dataset__name__exact",)
    search_help_text = _("Slug of the dataset")
    ordering = ("-moved_at", "id")
    inlines = (AnswerInline, SignOffInline)
    fields = ("dataset", "state", "number", "note", "visible_from", "opened_at", "moved_at", "content_hash", "signed_hash")

    def view_on_site(self, obj: Revision) -> str:
        return obj.get_absolute_url()
