"""Report a text that one reads on a board."""

from http import HTTPStatus
from typing import Any

from allauth.core.ratelimit import consume
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opengov.errors import TooManyRequests

from ..enums import ReportReason
from ..errors import EngagementError
from ..forms import ReportForm
from ..models import Report
from ..moderation import Kind, kind_of
from ..services import reports


@login_required
@never_cache
def report_create(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say what is wrong with a text, once."""
    its_kind, item, is_reported = _text(request, kind, pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _report(request, its_kind, pk, form.cleaned_data)
        except EngagementError as error:
            form.add_error(None, str(error))
        else:
            return redirect("engagement:report-create", kind, pk)
    title = _("Report a text")
    context = {
        "title": title,
        "item": item,
        "is_seen": its_kind.seen_by(request.user, item),
        "text": getattr(item, its_kind.texts[0]),
        "form": form,
        "is_reported": is_reported,
        "hide_feedback": True,
        "breadcrumbs": [(title, "")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "engagement/report.html", context, status=status)


def _report(request: HttpRequest, kind: Kind, pk: int, said: dict[str, Any]) -> None:
    if not consume(request, action="report"):
        raise TooManyRequests(retry_after=3600)
    reason = ReportReason(said["reason"])
    reports.report(kind=kind, pk=pk, reporter=_person(request), reason=reason, note=said["note"], now=timezone.now())


def _text(request: HttpRequest, key: str, pk: int) -> tuple[Kind, Any, bool]:
    """The text, and whether the person has reported it.

    Raises:
        Http404: it is their own, or they neither read it among what is public nor have reported it while they did.
    """
    try:
        kind = kind_of(key)
    except KeyError as error:
        raise Http404 from error
    item = get_object_or_404(kind.model, pk=pk)
    is_reported = Report.objects.about(kind.key, pk).filter(reporter=_person(request)).exists()
    if item.author_id == _person(request).pk or not (is_reported or kind.seen_by(request.user, item)):
        raise Http404
    return kind, item, is_reported


def _person(request: HttpRequest) -> Any:
    return request.user
