"""Numbers for departments and for the portal's staff: how long records take, what is overdue, and how fresh what is public is."""

from collections.abc import Iterator
from typing import Any

import rules
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Organization
from opengov.csv_files import csv_response
from opengov.paging import page_of

from ..enums import FreshnessState, RevisionState
from ..selectors.freshness import added_up, holdings, in_state, lines, public_datasets
from ..selectors.queues import rooms_of
from ..selectors.turnaround import Department, departments_of, overdue, turnaround
from ..turnaround import Figures
from .revisions import person

ROWS = 50
COLUMNS = ("organization", "organization_title", "state", "records", "overdue", "target_days", "median_days", "longest_days")


@login_required
@require_safe
@never_cache
def turnaround_list(request: HttpRequest) -> HttpResponse:
    """How long records stand in each state, by department, and the overdue ones. 404 for people of no department."""
    department, user, now = chosen_department(request), person(request), timezone.now()
    found = turnaround(user, now, department)
    page = page_of(overdue(user, now, department), ROWS, request.GET.get("page"))
    context = {
        "rooms": rooms_of(user),
        "here": "turnaround-list",
        "department": department,
        "total": _labelled(found.total),
        "departments": [(each, _labelled(each.figures)) for each in found.departments],
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "hide_feedback": True,
        "breadcrumbs": [(_("Turnaround"), "")],
    }
    return render(request, "datasets/numbers/turnaround.html", context)


@login_required
@require_safe
@never_cache
def turnaround_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers, one line for each department and state."""
    department = chosen_department(request)
    found = turnaround(person(request), timezone.now(), department)
    return csv_response([COLUMNS, *(line for each in found.departments for line in _lines(each))], "turnaround.csv")


@login_required
@require_safe
@never_cache
def freshness_list(request: HttpRequest) -> HttpResponse:
    """Which public datasets keep the rhythm that they declare; without a state in the query, those that are late."""
    department, user, today = chosen_department(request), person(request), timezone.localdate()
    chosen = _chosen_state(request)
    datasets = public_datasets(user, department)
    found = holdings(datasets, today)
    page = page_of(in_state(datasets, chosen, today), ROWS, request.GET.get("page"))
    context = {
        "rooms": rooms_of(user),
        "here": "freshness-list",
        "department": department,
        "chosen": chosen,
        "bars": added_up(found).items(),
        "holdings": [(each.organization, [each.counts[state] for state in FreshnessState]) for each in found],
        "lines": lines(page, today),
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "hide_feedback": True,
        "breadcrumbs": [(_("Freshness"), "")],
    }
    return render(request, "datasets/numbers/freshness.html", context)


def _chosen_state(request: HttpRequest) -> FreshnessState:
    asked = request.GET.get("state", FreshnessState.LATE)
    if asked not in FreshnessState.values:
        raise Http404
    return FreshnessState(asked)


def chosen_department(request: HttpRequest) -> Organization | None:
    """The department that the query names, `None` for all whose numbers the person may see. 404 where they may see none."""
    user = person(request)
    if not rules.has_perm("datasets.see_numbers", user):
        raise Http404
    name = request.GET.get("organization")
    return get_object_or_404(departments_of(user), name=name) if name else None


def _labelled(figures: Any) -> list[tuple[RevisionState, Figures]]:
    return [(RevisionState(each.state), each) for each in figures]


def _lines(department: Department) -> Iterator[list[str]]:
    organization = department.organization
    names = [organization.name, str(organization)] if organization else ["", ""]
    for each in department.figures:
        values = (each.count, each.overdue, each.target, each.median_days, each.longest_days)
        yield [*names, each.state, *("" if value is None else str(value) for value in values)]
