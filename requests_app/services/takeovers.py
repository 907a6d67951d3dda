"""What becomes of the department's side of a request when it is merged into another."""

from datetime import datetime

from django.db import transaction

from ..enums import RequestStatus
from ..models import DataRequest
from . import turns

WAITING = frozenset([RequestStatus.RECEIVED, RequestStatus.TRANSFERRED])  # its department has not answered


@transaction.atomic
def take_over(*, source: DataRequest, target: DataRequest, now: datetime) -> None:
    """Give the request that stays what it lacks of the merged one's: the department with its clock, the person and the day.

    Where it waits for its first answer, or for that of the same department, it stands as the merged one does. Answers are not
    moved: pages show them in the one history, with where they come from. A clock that does not go on stops: see `turns.stop`.
    The caller has locked both.
    """
    goes_on = target.organization_id in (None, source.organization_id) and not RequestStatus(target.status).is_final
    target.organization = target.organization or source.organization
    if goes_on:
        _take_standing(source, target)
        turns.join(source=source, target=target)
    else:
        turns.stop(request=source, now=now)
    target.full_clean()
    target.save()


def _take_standing(source: DataRequest, target: DataRequest) -> None:
    waits = target.status in WAITING
    target.owner = target.owner or source.owner
    if waits and source.status not in WAITING:
        target.due_on = source.due_on
    elif waits:
        target.due_on = min((day for day in (target.due_on, source.due_on) if day), default=None)
    else:
        target.due_on = target.due_on or source.due_on
    if waits and source.status != RequestStatus.RECEIVED:
        target.status, target.answered_at, target.dataset = source.status, source.answered_at, source.dataset
