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
    turn = Turn.objects.filter(request=request).first()
    if turn is not None and not turn.is_handed_on:
        if turn.answered_at is None:
            turn.answered_at = change.at
            turn.due_on = request.due_on or turn.due_on
        turn.is_handed_on = change.status == RequestStatus.TRANSFERRED
        turn.ended_at = change.at if turn.is_handed_on or RequestStatus(change.status).is_final else None
        turn.save()
    if change.status == RequestStatus.TRANSFERRED:
        begin(request=request, now=change.at)


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
