"""Tell departments of the requests that are theirs to answer: when one comes, before its day, and once the day has passed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganizationRole
from accounts.models import User
from accounts.notifications import Kind
from accounts.services.notifications import notify

from ..enums import FINAL
from ..models import DataRequest, Turn

KIND = Kind("requests.department", _("Requests to your department"))
BEFORE = timedelta(days=3)
ANSWERING = (OrganizationRole.EDITOR, OrganizationRole.IMSO)


def tell_of_turn(*, turn: Turn) -> None:
    """That a request has come to the department, or was handed on to it."""
    was_handed_on = Turn.objects.filter(request=turn.request_id, is_handed_on=True).exists()
    _tell(turn.request, "handed_on" if was_handed_on else "new", turn.began_at)


def tell_owner(*, request: DataRequest, now: datetime) -> None:
    """That they are to see to a request."""
    if request.owner is not None:
        _tell(request, "yours", now)


def remind(*, now: datetime) -> int:
    """Remind of what is due in `BEFORE` or overdue: once before each due day and once after. Returns how many requests."""
    today = timezone.localdate(now)
    running = Turn.objects.running().filter(request__in=DataRequest.objects.on_the_board().exclude(status__in=FINAL))
    late = running.filter(request__due_on__lt=today).exclude(late_told_for=F("request__due_on"))
    soon = running.filter(request__due_on__range=(today, today + BEFORE)).exclude(soon_told_for=F("request__due_on"))
    owed = [("late", "late_told_for", pk) for pk in late.values_list("pk", flat=True)]
    owed += [("soon", "soon_told_for", pk) for pk in soon.values_list("pk", flat=True)]
    return sum(_remind(why, column, pk, now) for why, column, pk in owed)


@transaction.atomic
def _remind(why: str, column: str, pk: int, now: datetime) -> bool:
    turn = Turn.objects.select_for_update(of=("self",)).select_related("request").get(pk=pk)
    due_on = turn.request.due_on
    if turn.ended_at is not None or due_on is None or getattr(turn, column) == due_on:
        return False  # somebody answered, or another run was first
    setattr(turn, column, due_on)
    turn.save(update_fields=[column])
    _tell(turn.request, why, now)
    return True


def _tell(request: DataRequest, why: str, now: datetime) -> None:
    notify(
        people=_people(request),
        kind=KIND.key,
        template="requests_app/mail/department",
        link=request.get_absolute_url,
        now=now,
        context={"request": request, "why": why},
    )


def _people(request: DataRequest) -> list[User]:
    """Who sees to it; where nobody does, all who may answer for the department."""
    members = User.objects.filter(is_active=True, memberships__organization=request.organization_id)
    seeing_to_it = members.filter(pk__in=[request.owner_id]).distinct()
    return list(seeing_to_it or members.filter(memberships__role__in=ANSWERING).distinct())
