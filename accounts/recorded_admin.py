"""Pages of administration whose writes are recorded in the activity log, which is also their history."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from opengov.administration import PortalModelAdmin

from . import activity
from .errors import AccountsError
from .models import User
from .selectors.activity import page


class RecordedAdmin(PortalModelAdmin):
    """Writes go through services, which record them: Django's own log of the administration stays empty."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (AccountsError, ValidationError)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The service has recorded it."""

    log_change = log_addition  # type: ignore[assignment]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        """The service has recorded it."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Everything that was done to the thing, newest first, in pages."""
        thing = self.get_object(request, object_id)
        if thing is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(thing)s") % {"thing": thing},
            "object": thing,
            "opts": self.opts,
            "activities": page(activity.of(thing), before=request.GET.get("before", "")),
        }
        return TemplateResponse(request, "accounts/administration/history.html", context)

    def asked(
        self, request: HttpRequest, rows: QuerySet[Any], action: str, form_class: type[forms.Form], title: str
    ) -> forms.Form | HttpResponse:
        """What an action needs to know: its form once that is filled in rightly, else the page that asks."""
        bound = "confirmed" in request.POST
        form = form_class(request.POST if bound else None)
        if bound and form.is_valid():
            return form
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "rows": rows[:100],
            "action": action,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "accounts/administration/confirm.html", context, status=422 if bound else 200)


def actor_of(request: HttpRequest) -> User:
    """Who is signed in; the administration opens to nobody else."""
    return cast("User", request.user)
