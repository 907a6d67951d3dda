"""What a worker does for this app; each may run twice."""

from django.utils import timezone

from .models import DataRequest, Turn
from .services import reminders


def tell_of_turn(turn_id: int) -> None:
    turn = Turn.objects.select_related("request", "organization").filter(pk=turn_id).first()
    if turn is not None:
        reminders.tell_of_turn(turn=turn)


def tell_owner(request_id: int) -> None:
    request = DataRequest.objects.select_related("owner").filter(pk=request_id).first()
    if request is not None:
        reminders.tell_owner(request=request, now=timezone.now())


def remind() -> None:
    """Remind departments of what is due."""
    reminders.remind(now=timezone.now())
