"""How fast departments answer, in public."""

from dataclasses import astuple
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from opengov.caching import public_page
from opengov.csv_files import csv_response

from ..response_times import Figures
from ..selectors.response_times import Department, ResponseTimes, response_times

COLUMNS = (
    *("organization", "organization_title_en", "organization_title_fr"),
    *("received", "answered", "open", "overdue"),
    *("first_answer_median_days", "first_answer_p90_days", "final_answer_median_days", "final_answer_p90_days"),
    "final_answers_by_due_date",
)


@public_page()
def response_time_list(request: HttpRequest) -> HttpResponse:
    year, found = _asked(request)
    context = {
        "year": year,
        "found": found,
        "bars": _bars(found),
        "days": settings.REQUEST_ANSWER_DAYS,
        "breadcrumbs": [(_("Request a Dataset"), reverse("requests:request-list")), (_("Response times"), "")],
    }
    return render(request, "requests_app/response_times.html", context)


@public_page()
def response_time_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers, one line for each department that was asked; shares from 0 to 1."""
    year, found = _asked(request)
    return csv_response([COLUMNS, *map(_line, found.departments)], f"response-times{f'-{year}' if year else ''}.csv")


def _asked(request: HttpRequest) -> tuple[int | None, ResponseTimes]:
    """The year that the query names. 404 where no request came in it."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == len("2026") else None
    found = response_times(timezone.now(), year)
    if text and year not in found.years:
        raise Http404
    return year, found


def _bars(found: ResponseTimes) -> list[tuple[Department, list[tuple[str, float, int]]]]:
    """Departments that answered, the fastest first, with the median days of both answers and the share of the longest."""
    answered = sorted(
        (each for each in found.departments if each.figures.answered), key=lambda each: each.figures.first_median or 0
    )
    top = max((max(_medians(each.figures).values()) for each in answered), default=0) or 1
    return [(each, [(kind, days, round(100 * days / top)) for kind, days in _medians(each.figures).items()]) for each in answered]


def _medians(figures: Figures) -> dict[str, Any]:
    found = {"first": figures.first_median, "final": figures.final_median}
    return {kind: days for kind, days in found.items() if days is not None}


def _line(department: Department) -> list[str]:
    organization = department.organization
    numbers = ["" if value is None else f"{value:g}" for value in astuple(department.figures)]
    return [organization.name, organization.title_en or "", organization.title_fr or "", *numbers]
