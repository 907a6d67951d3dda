from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.recorded_admin import actor_of

from ..enums import EnquiryState
from ..forms.enquiries import CloseForm
from ..models import Enquiry
from ..services import enquiries as services
from .fields import CatalogueAdmin


@admin.register(Enquiry)
class EnquiryAdmin(CatalogueAdmin):
    """Questions and feedback. Saving an answer mails it."""

    list_display = ("code", "kind", "state", "language", "dataset", "created_at", "taken_by")
    list_select_related = ("dataset", "taken_by")
    list_filter = ("state", "kind", "language")
    list_defer = ("answer",)
    search_fields = ("code__startswith", "dataset__name__exact")
    ordering = ("-id",)
    actions = ("take", "close")
    fields = (
        ("code", "kind", "state", "language", "created_at"),
        ("dataset", "page", "found"),
        ("email", "taken_by"),
        "text",
        "answer",
        ("answered_by", "answered_at"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Enquiry | None = None) -> list[str]:
        fixed = [field.name for field in Enquiry._meta.fields]
        if obj and EnquiryState(obj.state).can_become(EnquiryState.ANSWERED):
            fixed.remove("answer")
        return fixed

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "answer":
            field.required = True
            field.help_text = _("Plain text. It is mailed to the sender and shown under the code of the enquiry.")
        return field

    def save_model(self, request: HttpRequest, obj: Enquiry, form: Any, change: bool) -> None:
        services.answer(enquiry=obj, actor=actor_of(request), text=obj.answer, now=timezone.now())

    def actions_for(self, row: Enquiry) -> tuple[str, ...]:
        state = EnquiryState(row.state)
        moves = (("take", EnquiryState.IN_PROGRESS), ("close", EnquiryState.CLOSED))
        return tuple(name for name, wanted in moves if state.can_become(wanted))

    @admin.action(description=_("Take it on"), permissions=["change"])
    def take(self, request: HttpRequest, rows: QuerySet[Enquiry]) -> None:
        now = timezone.now()
        self.for_each(
            request,
            rows,
            lambda row: services.take(enquiry=row, actor=actor_of(request), now=now),
            lambda count: ngettext("%(count)d enquiry is yours.", "%(count)d enquiries are yours.", count) % {"count": count},
        )

    @admin.action(description=_("Close without an answer"), permissions=["change"])
    def close(self, request: HttpRequest, rows: QuerySet[Enquiry]) -> HttpResponse | None:
        form = self.asked(request, rows, "close", CloseForm, str(_("Close without an answer")))
        if isinstance(form, HttpResponse):
            return form
        now, note = timezone.now(), form.cleaned_data["note"]
        self.for_each(
            request,
            rows,
            lambda row: services.close(enquiry=row, actor=actor_of(request), now=now, note=note),
            lambda count: ngettext("%(count)d enquiry is closed.", "%(count)d enquiries are closed.", count) % {"count": count},
        )
        return None
