"""What the portal tells a person, how often it writes: their own choice, and the end of it that each mail offers."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opengov.paging import page_of

from ..forms import NotificationForm
from ..selectors import notifications as told
from ..services import notifications
from .access import person_page, posted

ROWS = 30


@require_safe
@person_page
def notification_list(request: HttpRequest) -> HttpResponse:
    """What the person was told in the last months, newest first."""
    person: Any = request.user
    kinds = told.kinds_of(person)
    kind = next((each.key for each in kinds if each.key == request.GET.get("kind")), "")
    page = page_of(told.told(person, kind), ROWS, request.GET.get("page"))
    context = {
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "kinds": kinds,
        "kind": kind,
        "unread": told.unread(person),
    }
    return render(request, "accounts/account/notification_list.html", context)


@require_POST
@person_page
def notification_read(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Mark one as read, or all, or all of a kind."""
    person: Any = request.user
    kind = request.POST.get("kind", "")
    notifications.read(person=person, now=timezone.now(), pk=pk, kind=kind)
    query = {name: value for name in ("kind", "page") if (value := request.POST.get(name, "")) and (pk or name == "kind")}
    return redirect(reverse("accounts:notification-list") + (f"?{urlencode(query)}" if query else ""))


@person_page
def notification_edit(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    form = NotificationForm(posted(request), person=person)
    if form.is_valid():
        notifications.choose(person=person, choices=form.choices())
        messages.success(request, _("Your choice is saved."))
        return redirect("accounts:notification-edit")
    return render(request, "accounts/account/notifications.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt  # a mail program posts here, without a session: the token alone says who, and ends mails, no more
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notification_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether these mails are to end; a POST ends them."""
    found = notifications.who_stops(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":
        notifications.stop(person=person, kind=kind)
    return render(request, "accounts/account/stop.html", {"is_done": request.method == "POST"})
