"""Where a department sees what it is asked, and the portal's staff see all departments."""

from datetime import datetime, timedelta
from typing import Any

import rules
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Organization, User
from opengov.paging import page_of

from ..models import DataRequest
from ..selectors import desk as selectors
from ..selectors.response_times import response_times, response_times_of

ROWS = 25
VISIT = timedelta(hours=1)  # pages within an hour of one another are one visit
WEEK = timedelta(days=7)
SHOW = {
    "": pgettext_lazy("requests", "All"),
    "overdue": gettext_lazy("Overdue"),
    "mine": gettext_lazy("Mine"),
    "unowned": gettext_lazy("Nobody sees to it"),
    "new": gettext_lazy("New since your last visit"),
}


@login_required
@require_safe
@never_cache
def desk_list(request: HttpRequest) -> HttpResponse:
    """The departments whose requests the person sees; who has one only goes there. 404 for people of no department."""
    user: Any = request.user
    routes = rules.has_perm("requests_app.see_desk", user, None)
    found = selectors.departments(user, timezone.localdate())
    if not routes and not found:
        raise Http404
    if not routes and len(found) == 1:
        return redirect("requests:desk", found[0][0].name)
    context = {
        "departments": found,
        "homeless": selectors.without_department() if routes else [],
        "hide_feedback": True,
        "breadcrumbs": [_board(), (_("Departments"), "")],
    }
    return render(request, "requests_app/desk_list.html", context)


@login_required
@require_safe
@never_cache
def desk(request: HttpRequest, name: str) -> HttpResponse:
    """A department's open requests, with who sees to them and how fast it answers."""
    user: Any = request.user
    organization = get_object_or_404(selectors.departments_of(user), name=name)
    now, today = timezone.now(), timezone.localdate()
    every, since = selectors.desk(organization), _last_visit(request, organization, now)
    show, status = request.GET.get("show", ""), request.GET.get("status", "")
    parts = {key: selectors.shown(every, key, user=user, today=today, since=since) for key in SHOW}
    rows = parts.get(show, every)
    page = page_of(rows.filter(status=status) if status else rows, ROWS, request.GET.get("page"))
    context = {
        "organization": organization,
        "parts": [(key, label, parts[key].count(), key == show) for key, label in SHOW.items()],
        "bars": selectors.bars(rows, status),
        "lines": [_line(each, organization, user, today, since) for each in page],
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "figures": response_times_of(organization.pk, now),
        "total": response_times(now).total,
        "hide_feedback": True,
        "breadcrumbs": [_board(), (str(organization), "")],
    }
    return render(request, "requests_app/desk.html", context)


def _line(row: DataRequest, organization: Organization, user: User, today: Any, since: datetime) -> dict[str, Any]:
    row.organization = organization
    return {
        "thing": row,
        "is_overdue": row.due_on is not None and row.due_on < today,
        "is_new": row.came_at is not None and row.came_at > since,  # type: ignore[attr-defined]
        "may_answer": rules.has_perm("requests_app.answer_request", user, row),
    }


def _last_visit(request: HttpRequest, organization: Organization, now: datetime) -> datetime:
    """When the person was here the time before, as their session has it; a week ago where it does not say."""
    key = f"requests.desk.{organization.pk}"
    before, latest = request.session.get(key, (None, None))
    last = parse_datetime(latest) if latest else None
    if last is None or now - last > VISIT:
        before = latest
    request.session[key] = (before, now.isoformat())
    return (parse_datetime(before) if before else None) or now - WEEK


def _board() -> tuple[str, str]:
    return _("Request a Dataset"), reverse("requests:request-list")
