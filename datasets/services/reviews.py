"""The review: a department's answers to the criteria. The caller checks permission (`datasets.rules`)."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.activity import record
from accounts.models import User

from ..enums import Criterion, Decision, Move, RevisionState
from ..errors import ChangedMeanwhile, ExplanationMissing, ReviewOpen
from ..models import Answer, Revision
from ..models.attachments import Attachment, attachment_columns
from .passage import check, move_on
from .revisions import locked


class Given(NamedTuple):
    """What a reviewer says of a criterion: a decision, with words or a file, or both."""

    decision: Decision
    note: str = ""
    attachment: Attachment | None = None


@transaction.atomic
def review(
    *,
    revision: Revision,
    content: str,
    answers: Mapping[Criterion, Given],
    passes: bool,
    actor: User,
    now: datetime,
) -> Revision:
    """Keep a reviewer's answers, and pass the review where that is meant: all of it or nothing.

    Args:
        content: the `content_hash` that the reviewer saw.

    Raises:
        ChangedMeanwhile: the record is not as the reviewer saw it any more.
        ReviewOpen, ExplanationMissing, IllegalMove: see `answer` and `pass_review`.
    """
    revision = locked(revision)
    check(revision, Move.PASS)
    if content != revision.content_hash:
        raise ChangedMeanwhile
    given = {row.criterion: (row.decision, row.note, row.attached) for row in revision.answers.filter(content_hash=content)}
    for criterion, said in answers.items():
        if given.get(criterion) != (said.decision, said.note.strip(), said.attachment):
            answer(revision=revision, criterion=criterion, said=said, actor=actor, now=now)
    return pass_review(revision=revision, actor=actor, now=now) if passes else revision


@transaction.atomic
def answer(*, revision: Revision, criterion: Criterion, said: Given, actor: User, now: datetime) -> Answer:
    """A reviewer's answer to one criterion, in place of an earlier one.

    Raises:
        IllegalMove: the revision does not wait for review.
        ExplanationMissing: a no says why.
    """
    revision = locked(revision)
    check(revision, Move.PASS)
    note = said.note.strip()
    if said.decision == Decision.NOT_MET and not note and said.attachment is None:
        raise ExplanationMissing
    values = {"decision": said.decision, "note": note, "content_hash": revision.content_hash, "reviewer": actor, "at": now}
    values |= attachment_columns(said.attachment)
    found, _created = Answer.objects.update_or_create(revision=revision, criterion=criterion, defaults=values)
    details = {"criterion": criterion.value, "decision": said.decision.value, "attachment": found.attachment}
    record("revision.answer", revision.dataset, actor, note=note, details=details, now=now)
    return found


@transaction.atomic
def pass_review(*, revision: Revision, actor: User, now: datetime) -> Revision:
    """Hand a reviewed record to the senior official. Asked again, changes nothing.

    Raises:
        ReviewOpen: a criterion is not met, has no answer, or has one for an earlier state of the record.
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    if revision.state == RevisionState.SIGN_OFF:
        return revision
    check(revision, Move.PASS)
    if criteria := open_criteria(revision):
        raise ReviewOpen([str(each.label) for each in criteria])
    return move_on(revision, Move.PASS, actor, now)


def open_criteria(revision: Revision) -> list[Criterion]:
    """Those that have no good answer for the record as it is."""
    good = revision.answers.filter(content_hash=revision.content_hash).exclude(decision=Decision.NOT_MET)
    answered = set(good.values_list("criterion", flat=True))
    return [criterion for criterion in Criterion if criterion not in answered]
