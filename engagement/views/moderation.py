"""The moderators' queue: one text at a time, oldest first, decided with one key each."""

from http import HTTPStatus
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..errors import EngagementError
from ..models import Moderated, TrailRemoval
from ..moderation import Kind, kind_of
from ..selectors.moderation import Waiting, queue, reported, tallies, writer_of
from ..services import moderation

NEXT = 20


@login_required
@never_cache
def moderation_queue(request: HttpRequest) -> HttpResponse:
    """What waits; the first of it to be decided."""
    _allowed(request)
    waiting = queue(NEXT)
    return _shown(request, waiting[0] if waiting else None, waiting)


@login_required
@never_cache
def moderation_item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One text, waiting or decided; posting decides."""
    _allowed(request)
    its_kind, item = _item(kind, pk)
    if request.method == "POST" and (done := _decided(request, its_kind, item)):
        messages.success(request, done)
        return redirect("engagement:moderation-queue")
    item.refresh_from_db()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return _shown(request, Waiting(its_kind, item), queue(NEXT), status)


@login_required
@never_cache
def trail_list(request: HttpRequest) -> HttpResponse:
    """The removals of trails, with the way back."""
    _allowed(request)
    rows = TrailRemoval.objects.select_related("author", "moderator")[:100]
    title = _("Removed trails")
    context = {"title": title, "rows": rows, "hide_feedback": True, "breadcrumbs": [_crumb(), (title, "")]}
    return render(request, "engagement/trails.html", context)


@login_required
@require_POST
@never_cache
def trail_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a removal back."""
    _allowed(request)
    moderation.restore_trail(removal=get_object_or_404(TrailRemoval, pk=pk), moderator=_person(request), now=timezone.now())
    messages.success(request, _("All is as it was."))
    return redirect("engagement:trail-list")


def _allowed(request: HttpRequest) -> None:
    if not rules.has_perm("engagement.moderate", request.user):
        raise Http404


def _item(key: str, pk: int) -> tuple[Kind, Moderated]:
    try:
        kind = kind_of(key)
    except KeyError as error:
        raise Http404 from error
    return kind, get_object_or_404(kind.model._default_manager.select_related("author"), pk=pk)


def _decided(request: HttpRequest, kind: Kind, item: Moderated) -> str:
    """Do what was asked. Returns what to say of it; nothing where it was refused, which is said."""
    said: dict[str, Any] = {"kind": kind, "pk": item.pk, "moderator": _person(request), "now": timezone.now()}
    reason = request.POST.get("reason", "")
    try:
        match request.POST.get("do"):
            case "approve":
                texts = {name: request.POST[name] for name in kind.texts if name in request.POST}
                moderation.approve(**said, texts=texts)
                return _("The public sees it now.")
            case "refuse":
                (moderation.hide if item.is_shown else moderation.reject)(**said, reason=reason)
                return _("The public does not see it. Its writer reads why.")
            case "remove" if item.author is not None:
                moderation.remove_trail(author=item.author, moderator=said["moderator"], reason=reason, now=said["now"])
                return _("All that this person wrote is hidden.")
    except (EngagementError, ValidationError) as error:
        for text in getattr(error, "messages", [str(error)]):
            messages.error(request, text)
    return ""


def _shown(
    request: HttpRequest, current: Waiting | None, waiting: list[Waiting], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    title, numbers = _("Moderation"), tallies()
    later = [each for each in waiting if current and (each.item.created_at, each.key) > (current.item.created_at, current.key)]
    context = {
        "title": title,
        "current": current,
        "reported": reported(current.kind, current.item) if current else None,
        "writer": writer_of(current.item) if current else None,
        "reason": request.POST.get("reason", ""),
        "waiting": waiting,
        "counts": numbers,
        "total": sum(each.number for each in numbers),
        "following": later[0] if later else None,
        "hide_feedback": True,
        "breadcrumbs": [(title, "")],
    }
    return render(request, "engagement/moderation.html", context, status=status)


def _crumb() -> tuple[str, str]:
    return _("Moderation"), reverse("engagement:moderation-queue")


def _person(request: HttpRequest) -> Any:
    return request.user
