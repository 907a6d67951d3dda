"""The way of a revision to the public: submission, sign-off, release; between them stands the review (`reviews`).

Each move locks, checks, records, and tells whose turn it is. The caller checks permission (`datasets.rules`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from opengov.caching import forget_instants
from opengov.jobs import enqueue_at

from .. import completeness
from ..enums import DatasetState, Move, PublicEvent, RevisionState
from ..errors import (
    ChangedMeanwhile,
    CommunicationMissing,
    ExplanationMissing,
    Incomplete,
    NothingChanged,
    OwnWork,
    SignOffLapsed,
)
from ..models import Revision, SignOff, Version
from ..models.attachments import Attachment, attachment_columns
from ..selectors.working_copies import working_copy, working_record
from ..selectors.working_resources import holdings
from . import announcements, records
from .passage import check, move_on
from .revisions import awaits_its_instant, content_hash, lapse, locked, make_draft_again


@dataclass(frozen=True, slots=True)
class Communication:
    """What an official says, and as whom: a text, a letter (`attachment`), or both. `on_behalf_of` is who delegated it."""

    name: str
    position: str
    signed_on: date
    text: str
    on_behalf_of: User | None = None
    attachment: Attachment | None = None


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
    check(revision, Move.SUBMIT)
    if missing := completeness.missing(working_record(revision), holdings(revision).kinds):
        raise Incomplete([str(each) for each in missing])
    if revision.dataset.state == DatasetState.PUBLISHED and not revision.items.exists():
        raise NothingChanged
    revision.note = note or revision.note
    return move_on(revision, Move.SUBMIT, actor, now, note)


@transaction.atomic
def sign(*, revision: Revision, content: str, communication: Communication, actor: User, now: datetime) -> SignOff:
    """Put the official's communication on record, for the record as it is. Asked again by the same official, changes nothing.

    Args:
        content: the `content_hash` that the official saw.

    Raises:
        ChangedMeanwhile: the record is not as the official saw it any more.
        OwnWork: the official wrote on the record, or the one on whose behalf they sign.
        CommunicationMissing: there is neither text nor letter.
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    in_force = revision.sign_offs.filter(lapsed_at=None, signer=actor).first()
    if revision.state == RevisionState.RELEASE and in_force:
        return in_force
    check(revision, Move.SIGN)
    if revision.writers.filter(pk__in=[each.pk for each in (actor, communication.on_behalf_of) if each]).exists():
        raise OwnWork
    if not communication.text.strip() and communication.attachment is None:
        raise CommunicationMissing
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
        **attachment_columns(communication.attachment),
    )
    revision.signed_hash = revision.content_hash
    move_on(revision, Move.SIGN, actor, now)
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
    check(revision, Move.RECALL)
    lapse(revision, because=lambda: _("%(actor)s took the record back.") % {"actor": actor}, now=now)
    return move_on(revision, Move.RECALL, actor, now)


@transaction.atomic
def discard(*, revision: Revision, actor: User, now: datetime) -> Revision:
    """Give a revision up. The public record stays; a draft stays too, and may be revised again. Asked again, changes nothing.

    Raises:
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    if revision.state == RevisionState.DISCARDED:
        return revision
    check(revision, Move.DISCARD)
    return move_on(revision, Move.DISCARD, actor, now)


def release(*, revision: Revision, actor: User | None, now: datetime, visible_from: datetime | None = None) -> Revision:
    """Give a signed revision to the public, now or from an instant on. Asked again, changes nothing.

    What has a later instant waits for it as *scheduled*. A new record is written and is public from then on by every query; a
    change, also of a withdrawn record, is written when `release` is asked again at its instant.

    Raises:
        SignOffLapsed: the public record was changed beside the revision; it is the editor's again.
        IllegalMove: see `Move`.
    """
    with transaction.atomic():
        revision = locked(revision)
        if revision.state == RevisionState.RELEASED:
            return revision
        check(revision, Move.RELEASE)
        stands = content_hash(revision) == revision.signed_hash
        if stands:
            return _release(revision, actor, now, visible_from or now)
        revision.content_hash = content_hash(revision)
        lapse(revision, because=lambda: _("The public record was changed beside this revision."), now=now)
        move_on(revision, Move.GIVE_BACK, actor, now, _("The public record was changed beside this revision."))
    raise SignOffLapsed


def _release(revision: Revision, actor: User | None, now: datetime, visible_from: datetime) -> Revision:
    is_later, is_new = visible_from > now, revision.dataset.state == DatasetState.DRAFT
    event = _event(revision)
    known = set() if event == PublicEvent.RELEASED else announcements.superseded_by(revision.dataset)
    if awaits_its_instant(revision):
        _bring_forward(revision, actor, now, visible_from)
    elif is_new or not is_later:
        _write(revision, actor, now, visible_from)
    if is_later:
        transaction.on_commit(forget_instants)
        enqueue_at(visible_from, "datasets.tasks.release_scheduled")
    else:
        announcements.announce_release(revision=revision, event=event, actor=actor, now=now, known=known)
    revision.visible_from = visible_from if is_later else None
    return move_on(revision, Move.SCHEDULE if is_later else Move.RELEASE, actor, now)


def _event(revision: Revision) -> PublicEvent:
    """What the public will see of a release."""
    if revision.dataset.state == DatasetState.DRAFT or awaits_its_instant(revision):
        return PublicEvent.RELEASED
    return PublicEvent.RESTORED if revision.dataset.state == DatasetState.WITHDRAWN else PublicEvent.CHANGED


def _bring_forward(revision: Revision, actor: User | None, now: datetime, visible_from: datetime) -> None:
    """Give a new record that waits for its instant another one, unless that has come."""
    dataset = revision.dataset
    if dataset.visible_from and dataset.visible_from > now:
        dataset.visible_from = max(visible_from, now)
        records.apply(dataset=dataset, actor=actor, now=now, always=True)
        transaction.on_commit(forget_instants)


@transaction.atomic
def unschedule(*, revision: Revision, actor: User, now: datetime) -> Revision:
    """Take back the instant of a release that has not come; the record, or the change, waits for its release again.

    Raises:
        IllegalMove: see `Move`.
    """
    revision = locked(revision)
    if revision.state == RevisionState.RELEASE:
        return revision
    check(revision, Move.UNSCHEDULE)
    if awaits_its_instant(revision):
        make_draft_again(revision, actor, now)
    revision.visible_from = None
    return move_on(revision, Move.UNSCHEDULE, actor, now)


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
    change = records.Change(copy.changed, copy.removed, copy.relationships, revision.note, notes=copy.notes)
    records.apply(dataset=dataset, actor=actor, now=now, change=change, always=True)
    transaction.on_commit(forget_instants)
    revision.dataset = dataset
    if was_draft:
        _open_history(revision)


def _open_history(revision: Revision) -> None:
    """Of a record that was a draft, the newest version of each object is public; that one is gone, if it was public before."""
    versions = revision.dataset.versions.order_by("number")
    newest = dict(versions.values_list("resource_id", "pk"))
    known = set(versions.filter(is_public=True).values_list("resource_id", flat=True))
    gone = versions.filter(data__isnull=True).exclude(resource_id__in=known)
    Version.objects.filter(pk__in=newest.values()).exclude(pk__in=gone).update(is_public=True)


def _return(revision: Revision, move: Move, reason: str, actor: User, now: datetime) -> Revision:
    if not reason.strip():
        raise ExplanationMissing
    revision = locked(revision)
    check(revision, move)
    if awaits_its_instant(revision):
        make_draft_again(revision, actor, now)
    lapse(revision, because=reason.strip, now=now)
    return move_on(revision, move, actor, now, reason.strip())
