"""The government's side of a request: answers, transfers, and merging what was asked twice."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.activity import record
from accounts.models import Organization, User
from accounts.notifications import Kind
from accounts.services.notifications import notify
from datasets.models import Dataset
from engagement.boards import board_of
from engagement.services.votes import move_votes
from opengov.jobs import enqueue

from ..enums import RequestKind, RequestStatus
from ..errors import CannotMerge, DatasetMissing, NotOnTheBoard, OrganizationMissing
from ..models import DataRequest, StatusChange
from . import turns

KIND = Kind("requests.answers", _("Answers to requests that you wrote or voted for"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a department says. Both comments are owed, `dataset` with a publication, `organization` with a transfer."""

    status: RequestStatus
    comment_en: str
    comment_fr: str
    dataset: Dataset | None = None
    organization: Organization | None = None
    owner: User | None = None
    due_on: date | None = None


@transaction.atomic
def answer(*, request: DataRequest, said: Answer, actor: User, now: datetime) -> StatusChange:
    """Give a request its next status, in public and for good.

    A transfer hands it to the other organization, whose turn it is then.

    Raises:
        NotOnTheBoard, DatasetMissing, OrganizationMissing: see there.
        ValidationError: a comment is missing.
    """
    request = _locked(request)
    change = StatusChange(
        request=request,
        status=said.status,
        comment_en=said.comment_en.strip(),
        comment_fr=said.comment_fr.strip(),
        actor=actor,
        at=now,
    )
    if said.status == RequestStatus.PUBLISHED and (said.dataset or request.kind != RequestKind.IDEA):
        if said.dataset is None or not Dataset.objects.published().filter(pk=said.dataset.pk).exists():
            raise DatasetMissing
        request.dataset = said.dataset
    else:
        request.dataset = None
    if said.status == RequestStatus.TRANSFERRED:
        if said.organization is None or said.organization.pk == request.organization_id:
            raise OrganizationMissing
        request.organization = change.organization = said.organization
        request.owner = None
    else:
        request.owner = said.owner
    if said.status.is_final:
        request.due_on = None
    else:
        request.due_on = said.due_on or request.due_on
    change.full_clean()
    change.save()
    request.status, request.answered_at = said.status, now
    request.full_clean()
    request.save()
    turns.note_answer(request=request, change=change)
    enqueue(tell, change.pk)
    record(
        "requests.answer",
        request,
        actor,
        note=f"{change.comment_en} / {change.comment_fr}",
        details={"status": said.status},
        now=now,
    )
    return change


def tell(change_id: int) -> None:
    """Tell the writer of a request, and who voted for it, what the government answers: each once, in their language."""
    change = StatusChange.objects.select_related("request").get(pk=change_id)
    voters = change.request.votes.filter(withdrawn_at=None).values("voter")
    people = User.objects.filter(Q(pk__in=voters) | Q(pk__in=[change.request.author_id]), is_active=True)
    for person in people.exclude(pk__in=[change.actor_id]).iterator():
        notify(
            people=[person],
            kind=KIND.key,
            template="requests_app/mail/answered",
            link=change.request.get_absolute_url,
            now=change.at,
            context={"change": change, "comment": change.comment_fr if person.language == "fr" else change.comment_en},
        )


@transaction.atomic
def merge(*, source: DataRequest, target: DataRequest, actor: User, now: datetime) -> DataRequest:
    """Make two requests for the same one: who voted for either has one vote for the target, to which the source leads on.

    What was said of the source is said of the target then.

    Asked again, changes nothing.

    Raises:
        CannotMerge: they are the same, of two kinds, or not both on the board.
    """
    locked = {row.pk: row for row in DataRequest.objects.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk")}
    source, target = locked[source.pk], locked[target.pk]
    if source.merged_into_id == target.pk:
        return target
    if source == target or source.kind != target.kind or not (_is_on_the_board(source) and _is_on_the_board(target)):
        raise CannotMerge
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    DataRequest.objects.filter(merged_into=source).update(merged_into=target)
    source.comments.update(thing=target)
    move_votes(board=board_of("requests"), source=source, target=target, now=now)
    record("requests.merge", source, actor, details={"into": target.pk}, now=now)
    return target


def _locked(request: DataRequest) -> DataRequest:
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    if not _is_on_the_board(request):
        raise NotOnTheBoard
    return request


def _is_on_the_board(request: DataRequest) -> bool:
    return request.is_shown and request.merged_into_id is None
