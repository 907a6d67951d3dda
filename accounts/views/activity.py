"""The activity log of the portal, for administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..forms import ActivityFilterForm
from ..selectors import activity
from .access import person_page, require


@require_safe
@person_page
def activity_list(request: HttpRequest) -> HttpResponse:
    require(request, "accounts.see_activity")
    form = ActivityFilterForm(request.GET or None)
    rows = activity.log(form.cleaned_data if form.is_valid() else {})
    page = activity.page(rows.none() if form.errors else rows, before=request.GET.get("before", ""))
    context = {"form": form, "page": page}
    return render(request, "accounts/administration/activity.html", context, status=422 if form.errors else 200)
