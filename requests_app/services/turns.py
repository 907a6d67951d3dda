"""Whose turn a request is. A department's clock runs from when the request came to it, whoever had it before."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.activity import record
from accounts.models import Organization, User
from opengov.jobs import enqueue

from ..enums import RequestStatus
from ..errors import NotItsPerson, NotOnTheBoard, OrganizationMissing
from ..models import DataRequest, StatusChange, Turn


@transaction.atomic
def begin(*, request: DataRequest, now: datetime) -> None:
    """Give a request to the department that it names, which is told. The caller has locked the request; nobody has a turn."""
    if request.organization is None:
        raise OrganizationMissing
    due_on = timezone.localdate(now) + timedelta(days=settings.REQUEST_ANSWER_DAYS)
    turn = Turn.objects.create(request=request, organization=request.organization, began_at=now, due_on=due_on)
    request.due_on = due_on
    request.save(update_fields=["due_on"])
    enqueue("requests_app.tasks.tell_of_turn", turn.pk)


@transaction.atomic
def note_answer(*, request: DataRequest, change: StatusChange) -> None:
    """Write on the clock what was just answered. The caller has locked the request, and saved it as it is now.

    A final answer ends the turn. One that takes it back makes the turn go on, as if it had not been final.
    """
    turn = Turn.objects.filter(request=request, is_handed_on=False).first()
    if turn is not None:
        if turn.answered_at is None:
            turn.answered_at = change.at
            turn.due_on = request.due_on or turn.due_on
        turn.is_handed_on = change.status == RequestStatus.TRANSFERRED
        turn.ended_at = change.at if turn.is_handed_on or RequestStatus(change.status).is_final else None
        turn.save()
    if change.status == RequestStatus.TRANSFERRED:
        begin(request=request, now=change.at)


@transaction.atomic
def join(*, source: DataRequest, target: DataRequest) -> None:
    """Let the clock of a merged request go on for the one that stays. The caller has locked both.

    A department that was asked for both has one clock: since the first of them, due by the day that its first answer named, or
    else by the earlier. What it had ended stays with the merged one where it had answered the other, too.
    """
    last = Turn.objects.filter(request=source, is_handed_on=False).first()
    own = Turn.objects.running().filter(request=target).first()
    if last is None or (last.ended_at and own and own.answered_at):
        return
    if own is not None:
        answered = [turn for turn in (last, own) if turn.answered_at]
        first = min(answered, key=lambda turn: turn.answered_at or turn.began_at, default=None)
        last.began_at = min(last.began_at, own.began_at)
        last.due_on = first.due_on if first else min(last.due_on, own.due_on)
        last.answered_at = first.answered_at if first else None
        own.delete()
    last.request = target
    last.save()


@transaction.atomic
def stop(*, request: DataRequest, now: datetime) -> None:
    """Stop the clock of a merged request whose department is not the one that answers now. The caller has locked the request.

    One that was answered, or is overdue, counts as handed on today, so that its days do not vanish; of another nothing was owed.
    """
    turn = Turn.objects.running().filter(request=request).first()
    if turn is None:
        return
    if turn.answered_at is None and (request.due_on or turn.due_on) >= timezone.localdate(now):
        turn.delete()
        return
    turn.answered_at, turn.ended_at, turn.is_handed_on = turn.answered_at or now, now, True
    turn.save()


@transaction.atomic
def assign_department(*, request: DataRequest, organization: Organization, actor: User, now: datetime) -> DataRequest:
    """Send a request that names no department to one. Asked again, changes nothing.

    Raises:
        NotOnTheBoard: see there.
        OrganizationMissing: it has a department already, which hands it on with an answer.
    """
    request = _locked(request)
    if request.organization_id == organization.pk:
        return request
    if request.organization_id is not None:
        raise OrganizationMissing
    request.organization = organization
    request.save(update_fields=["organization"])
    begin(request=request, now=now)
    record("requests.assign_department", request, actor, details={"organization": organization.name}, now=now)
    return request


@transaction.atomic
def assign_owner(*, request: DataRequest, owner: User | None, actor: User, now: datetime) -> DataRequest:
    """Name the person of the department who sees to a request, in public; without one, nobody does. They are told by mail.

    Raises:
        NotOnTheBoard: see there.
        NotItsPerson: they hold no role in the department.
    """
    request = _locked(request)
    if request.owner_id == (owner.pk if owner else None):
        return request
    if owner and not owner.memberships.filter(organization=request.organization_id).exists():
        raise NotItsPerson
    request.owner = owner
    request.save(update_fields=["owner"])
    record("requests.assign_owner", request, actor, details={"owner": str(owner or "")}, now=now)
    if owner and owner != actor:
        enqueue("requests_app.tasks.tell_owner", request.pk)
    return request


def _locked(request: DataRequest) -> DataRequest:
    found: DataRequest = DataRequest.objects.select_for_update().get(pk=request.pk)
    if not found.is_shown or found.merged_into_id is not None:
        raise NotOnTheBoard
    return found
