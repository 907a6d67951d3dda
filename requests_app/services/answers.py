"""The government's side of a request: answers, transfers, and merging what was asked twice."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.activity import record
from accounts.models import Organization, User
from accounts.notifications import Kind
from datasets.models import Dataset
from engagement.boards import board_of
from engagement.services import follows
from engagement.services.follows import Audience, News
from engagement.services.moderation import TWICE
from engagement.services.votes import move_votes
from opengov.jobs import enqueue

from ..enums import PROMISING, RequestKind, RequestStatus
from ..errors import CannotMerge, DatasetMissing, DueDatePassed, NotOnTheBoard, OrganizationMissing
from ..models import DataRequest, StatusChange
from . import turns
from .takeovers import take_over

KIND = Kind("requests.answers", _("Requests that you wrote, voted for or follow"))


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

    A transfer hands it to the other organization, whose turn it is then. The same sent twice in a row is one answer.

    Raises:
        NotOnTheBoard, DatasetMissing, OrganizationMissing, DueDatePassed: see there.
        ValidationError: a comment is missing.
    """
    request = _locked(request)
    if before := _said_before(request, said, actor, now):
        return before
    if said.status in PROMISING and said.due_on and said.due_on < timezone.localdate(now):
        raise DueDatePassed
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


def _said_before(request: DataRequest, said: Answer, actor: User, now: datetime) -> StatusChange | None:
    """The last answer, if it is this one and was given just before."""
    last = request.changes.first()
    if last is None or last.at <= now - TWICE or last.actor_id != actor.pk or last.status != said.status:
        return None
    if (last.comment_en, last.comment_fr) != (said.comment_en.strip(), said.comment_fr.strip()):
        return None
    if said.status == RequestStatus.TRANSFERRED:
        return last if last.organization == said.organization else None
    dataset = said.dataset if said.status == RequestStatus.PUBLISHED else None
    is_due_then = said.status.is_final or said.due_on in (None, request.due_on)
    return last if is_due_then and (request.dataset, request.owner) == (dataset, said.owner) else None


def tell(change_id: int) -> None:
    """Tell all who wait for a request what the government answers: each once, in their language, not the one who answered."""
    change = StatusChange.objects.select_related("request").get(pk=change_id)
    news = News(
        event=f"requests.answer:{change.pk}",
        template="requests_app/mail/answered",
        link=change.request.get_absolute_url,
        at=change.at,
        context={"change": change},
        words=lambda language: {"comment": change.comment_fr if language == "fr" else change.comment_en},
    )
    follows.tell(_who_wait(change.request), news, without=[change.actor_id])


def tell_of_merge(source_id: int, actor_id: UUID, at: datetime) -> None:
    """Tell all who wait for a request that was merged, or for the one that took it in: each once, not the one who merged."""
    source = DataRequest.objects.select_related("merged_into").get(pk=source_id)
    if source.merged_into is None:
        return
    news = News(
        event=f"requests.merge:{source.pk}",
        template="requests_app/mail/merged",
        link=source.merged_into.get_absolute_url,
        at=at,
        context={"source": source, "target": source.merged_into},
    )
    follows.tell([*_who_wait(source), *_who_wait(source.merged_into)], news, without=[actor_id])


def _who_wait(request: DataRequest) -> list[Audience]:
    """The writer and those of what was merged into it, who voted, and who follows."""
    voters = request.votes.filter(withdrawn_at=None).order_by().values_list("voter", flat=True)
    writers = Audience(KIND.key, [request.author_id, *request.merged.shown().order_by().values_list("author", flat=True)])
    return [writers, Audience(KIND.key, voters), follows.followers(board_of("requests"), [request])]


@transaction.atomic
def merge(*, source: DataRequest, target: DataRequest, actor: User, now: datetime) -> DataRequest:
    """Make two requests for the same one: who voted for either, or follows it, does so once for the target.

    The source leads on to it. What was said of the source is said of the target then; what the government answered stands in
    the target's history, and its department, if the target has none, is the target's (see `take_over`).

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
    take_over(source=source, target=target, now=now)
    source.comments.update(thing=target)
    move_votes(board=board_of("requests"), source=source, target=target, now=now)
    follows.move_follows(board=board_of("requests"), source=source, target=target)
    enqueue(tell_of_merge, source.pk, actor.pk, now)
    record("requests.merge", source, actor, details={"into": target.pk}, now=now)
    return target


def _locked(request: DataRequest) -> DataRequest:
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    if not _is_on_the_board(request):
        raise NotOnTheBoard
    return request


def _is_on_the_board(request: DataRequest) -> bool:
    return request.is_shown and request.merged_into_id is None
