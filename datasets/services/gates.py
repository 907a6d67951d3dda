"""The way of a revision to the public: review, sign-off, release. Each move locks, checks, records, and tells whose turn it is.

The caller checks permission (`datasets.rules`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.activity import record
from accounts.models import User

from .. import completeness
from ..enums import Criterion, DatasetState, Decision, Move, RevisionState
from ..errors import (
    ChangedMeanwhile,
    ExplanationMissing,
    IllegalMove,
    Incomplete,
    NothingChanged,
    OwnWork,
    ReviewOpen,
    SignOffLapsed,
)
from ..models import Answer, Revision, SignOff, Version
from ..selectors.working_copies import working_copy
from . import records, turns
from .revisions import content_hash, lapse, locked


@dataclass(frozen=True, slots=True)
class Communication:
    """What an official says, and as whom. `on_behalf_of` is who delegated it."""

    name: str
    position: str
    signed_on: date
    text: str
    on_behalf_of: User | None = None


@transaction.atomic
def submit(*, revision: Revision, actor: User, now: datetime, note: str = "") -> Revision:
    """Say that a record is ready, and send it to the reviewers. Asked again, changes nothing.

    Raises:
        Incomplete: something that the schema requires is missing.
        NothingChanged: the record is as the public sees it.
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    if revision.state == RevisionState.REVIEW:
        return revision
    _check(revision, Move.SUBMIT)
    copy = working_copy(revision)
    if missing := completeness.missing(copy.dataset, copy.resources):
        raise Incomplete([str(each) for each in missing])
    if revision.dataset.state == DatasetState.PUBLISHED and not revision.items.exists():
        raise NothingChanged
    revision.note = note or revision.note
    return _move(revision, Move.SUBMIT, actor, now, note)


@transaction.atomic
def review(
    *,
    revision: Revision,
    content: str,
    answers: Mapping[Criterion, tuple[Decision, str]],
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
    _check(revision, Move.PASS)
    if content != revision.content_hash:
        raise ChangedMeanwhile
    given = {row.criterion: (row.decision, row.note) for row in revision.answers.filter(content_hash=content)}
    for criterion, (decision, note) in answers.items():
        if given.get(criterion) != (decision, note.strip()):
            answer(revision=revision, criterion=criterion, decision=decision, note=note, actor=actor, now=now)
    return pass_review(revision=revision, actor=actor, now=now) if passes else revision


@transaction.atomic
def answer(*, revision: Revision, criterion: Criterion, decision: Decision, note: str, actor: User, now: datetime) -> Answer:
    """A reviewer's answer to one criterion, in place of an earlier one.

    Raises:
        IllegalMove: the revision does not wait for review.
        ExplanationMissing: a no says why.
    """
    revision = locked(revision)
    _check(revision, Move.PASS)
    if decision == Decision.NOT_MET and not note.strip():
        raise ExplanationMissing
    values = {"decision": decision, "note": note.strip(), "content_hash": revision.content_hash, "reviewer": actor, "at": now}
    found, _created = Answer.objects.update_or_create(revision=revision, criterion=criterion, defaults=values)
    details = {"criterion": criterion.value, "decision": decision.value}
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
    _check(revision, Move.PASS)
    if criteria := open_criteria(revision):
        raise ReviewOpen([str(each.label) for each in criteria])
    return _move(revision, Move.PASS, actor, now)


def open_criteria(revision: Revision) -> list[Criterion]:
    """Those that have no good answer for the record as it is."""
    good = revision.answers.filter(content_hash=revision.content_hash).exclude(decision=Decision.NOT_MET)
    answered = set(good.values_list("criterion", flat=True))
    return [criterion for criterion in Criterion if criterion not in answered]


@transaction.atomic
def sign(*, revision: Revision, content: str, communication: Communication, actor: User, now: datetime) -> SignOff:
    """Put the official's communication on record, for the record as it is. Asked again by the same official, changes nothing.

    Args:
        content: the `content_hash` that the official saw.

    Raises:
        ChangedMeanwhile: the record is not as the official saw it any more.
        OwnWork: the official wrote on the record.
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    in_force = revision.sign_offs.filter(lapsed_at=None, signer=actor).first()
    if revision.state == RevisionState.RELEASE and in_force:
        return in_force
    _check(revision, Move.SIGN)
    if revision.writers.filter(pk=actor.pk).exists():
        raise OwnWork
    if content != revision.content_hash:
        raise ChangedMeanwhile
    signed = SignOff.objects.create(
        revision=revision,
        signer=actor,
        on_behalf_of=communication.on_behalf_of,
        name=communication.name,
        position=communication.position,
        signed_on=communication.signed_on,
        text=communication.text,
        content_hash=revision.content_hash,
        items={str(pk or ""): data for pk, data in revision.items.values_list("resource_id", "data")},
        at=now,
    )
    revision.signed_hash = revision.content_hash
    _move(revision, Move.SIGN, actor, now)
    return signed


@transaction.atomic
def give_back(*, revision: Revision, reason: str, actor: User, now: datetime) -> Revision:
    """Return a revision to its editor, with what is to be done. A sign-off lapses.

    Raises:
        ExplanationMissing: no reason is given.
        IllegalMove: see `Move`.
    """
    return _return(revision, Move.GIVE_BACK, reason, actor, now)


@transaction.atomic
def retract(*, revision: Revision, reason: str, actor: User, now: datetime) -> Revision:
    """Take a sign-off back before the release: as `give_back`. What is public already is withdrawn (see `publication`)."""
    return _return(revision, Move.RETRACT, reason, actor, now)


@transaction.atomic
def recall(*, revision: Revision, actor: User, now: datetime) -> Revision:
    """Take a revision back to go on writing. Asked again, changes nothing.

    Raises:
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    if revision.state == RevisionState.EDITING:
        return revision
    _check(revision, Move.RECALL)
    lapse(revision, because=_("%(actor)s took the record back.") % {"actor": actor}, now=now)
    return _move(revision, Move.RECALL, actor, now)


@transaction.atomic
def discard(*, revision: Revision, actor: User, now: datetime) -> Revision:
    """Give a revision up. The public record stays; a draft stays too, and may be revised again. Asked again, changes nothing.

    Raises:
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    if revision.state == RevisionState.DISCARDED:
        return revision
    _check(revision, Move.DISCARD)
    return _move(revision, Move.DISCARD, actor, now)


def release(*, revision: Revision, actor: User | None, now: datetime, visible_from: datetime | None = None) -> Revision:
    """Give a signed revision to the public, now or from an instant on. Asked again, changes nothing.

    A new record is public from its instant on by every query. A change of a public one waits as *scheduled*, and is written
    when `release` is asked again at its instant.

    Raises:
        SignOffLapsed: the public record was changed beside the revision; it is the editor's again.
        IllegalMove: see `Move`.
    """
    with transaction.atomic():
        revision = locked(revision)
        if revision.state == RevisionState.RELEASED:
            return revision
        _check(revision, Move.RELEASE)
        stands = content_hash(revision) == revision.signed_hash
        if stands:
            return _release(revision, actor, now, visible_from or now)
        revision.content_hash = content_hash(revision)
        lapse(revision, because=_("The public record was changed beside this revision."), now=now)
        _move(revision, Move.GIVE_BACK, actor, now, _("The public record was changed beside this revision."))
    raise SignOffLapsed


def _release(revision: Revision, actor: User | None, now: datetime, visible_from: datetime) -> Revision:
    if revision.dataset.state == DatasetState.PUBLISHED and visible_from > now:
        revision.visible_from = visible_from
        return _move(revision, Move.SCHEDULE, actor, now)
    _write(revision, actor, now, visible_from)
    return _move(revision, Move.RELEASE, actor, now)


@transaction.atomic
def unschedule(*, revision: Revision, actor: User, now: datetime) -> Revision:
    """Take back the instant of a change that is not written yet; it waits for its release again.

    Raises:
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    if revision.state == RevisionState.RELEASE:
        return revision
    _check(revision, Move.UNSCHEDULE)
    revision.visible_from = None
    return _move(revision, Move.UNSCHEDULE, actor, now)


def _write(revision: Revision, actor: User | None, now: datetime, visible_from: datetime) -> None:
    """Make the public rows what was signed, in one transaction; the database checks that it is just that."""
    copy = working_copy(revision)
    dataset, was_draft = copy.dataset, revision.dataset.state == DatasetState.DRAFT
    if dataset.state != DatasetState.PUBLISHED:
        dataset.visible_from = max(visible_from, now)
    dataset.state = DatasetState.PUBLISHED.value
    dataset.withdrawn_at, dataset.successor = None, None
    dataset.withdrawal_reason_en = dataset.withdrawal_reason_fr = ""
    dataset.approved_hash, dataset.approved_at_source, dataset.approved_at_source_at = revision.signed_hash, "", None
    change = records.Change(copy.changed, copy.removed, copy.relationships, revision.note)
    records.apply(dataset=dataset, actor=actor, now=now, change=change, always=True)
    revision.dataset = dataset
    if was_draft:
        _open_history(revision)


def _open_history(revision: Revision) -> None:
    """Of a record that was a draft, the newest version of each object is public."""
    newest = dict(revision.dataset.versions.order_by("number").values_list("resource_id", "pk"))
    Version.objects.filter(pk__in=newest.values()).update(is_public=True)


def _return(revision: Revision, move: Move, reason: str, actor: User, now: datetime) -> Revision:
    if not reason.strip():
        raise ExplanationMissing
    revision = locked(revision)
    _check(revision, move)
    lapse(revision, because=reason.strip(), now=now)
    return _move(revision, move, actor, now, reason.strip())


def _check(revision: Revision, move: Move) -> None:
    if revision.state not in move.origins:
        raise IllegalMove(RevisionState(revision.state), move.goal)


def _move(revision: Revision, move: Move, actor: User | None, now: datetime, note: str = "") -> Revision:
    details = {"from": revision.state, "to": move.goal.value, "since": revision.moved_at.isoformat()}
    revision.state, revision.moved_at = move.goal.value, now
    revision.save()
    record(f"revision.{move.value}", revision.dataset, actor, note=note, details=details, now=now)
    turns.tell(revision, actor=actor, note=note)
    return revision
