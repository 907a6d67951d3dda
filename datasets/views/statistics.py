"""How much the portal is used, for everyone."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opengov.caching import public_page
from opengov.charts import BarChart, bar_chart

from ..enums import Counted
from ..selectors.statistics import Month, by_day, months, most_used, totals

CHARTED = (Counted.VIEW, Counted.DOWNLOAD, Counted.SEARCH, Counted.API_CALL)


@public_page()
def statistics(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    by_month, sums = months(today), totals()
    context = {
        "totals": [(kind.label, sums[kind]) for kind in Counted],
        "months": [(_month(month), [month.counts[kind] for kind in Counted]) for month in reversed(by_month)],
        "kinds": [kind.label for kind in Counted],
        "charts": [(kind.value, kind.label, _chart(by_month, kind)) for kind in CHARTED],
        "most_viewed": most_used(Counted.VIEW, today),
        "most_downloaded": most_used(Counted.DOWNLOAD, today),
        "breadcrumbs": [(_("Statistics"), "")],
    }
    return render(request, "datasets/statistics.html", context)


def _chart(by_month: list[Month], kind: Counted) -> BarChart:
    return bar_chart([(_month(month, short=True), month.counts[kind]) for month in by_month])


def _month(month: Month, *, short: bool = False) -> str:
    return date_format(month.day, "N" if short and month.day.month != 1 else "Y" if short else "F Y")


@public_page()
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """One line a day: the day and the sums, in the order of `Counted`."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="statistics.csv"'
    writer = csv.writer(response)
    writer.writerow(["day", *Counted.values])
    writer.writerows([day.isoformat(), *counts.values()] for day, counts in by_day())
    return response
