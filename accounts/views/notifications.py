"""How often the portal writes to a person: their own choice, and the end of it that each mail offers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..forms import NotificationForm
from ..services import notifications
from .access import person_page, posted


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
