"""Take a public record from the public, and give it back. Its way there is `gates.release`; the caller checks permission."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.activity import record
from accounts.models import User

from ..enums import DatasetState, Move, PublicEvent, RevisionState
from ..errors import IllegalMove, NotApproved, ReasonMissing, SuccessorNotPublic
from ..models import Dataset, Revision, SignOff
from . import announcements, gates, records
from .revisions import locked


@dataclass(frozen=True, slots=True)
class Reason:
    """What the public reads where the record stood."""

    en: str
    fr: str


@transaction.atomic
def withdraw(
    *, dataset: Dataset, reason_en: str, reason_fr: str, actor: User, now: datetime, successor: Dataset | None = None
) -> Dataset:
    """Take a record from the public, and its instant from a change of it that is scheduled.

    Its address answers with the reason and the successor. One that waits for its instant is a draft again, without a trace.

    Asked again, changes nothing.

    Raises:
        IllegalMove: the record is a draft.
        ReasonMissing: a reason is not given in both languages.
        SuccessorNotPublic: see there.
    """
    dataset = _locked(dataset)
    return _withdraw(dataset, Reason(reason_en.strip(), reason_fr.strip()), actor, now, successor)


@transaction.atomic
def withdraw_approval(*, dataset: Dataset, reason_en: str, reason_fr: str, actor: User, now: datetime) -> Dataset:
    """Take back what a senior official has approved: the public record is withdrawn, and so is a signed change of it.

    The record passes the gates again before it is public. Asked again, changes nothing.

    Raises:
        IllegalMove: the record is a draft.
        ReasonMissing: a reason is not given in both languages.
    """
    dataset, reason = _locked(dataset), Reason(reason_en.strip(), reason_fr.strip())
    if dataset.state == DatasetState.WITHDRAWN and not dataset.is_approved:
        return dataset
    dataset.approved_hash, dataset.approved_at_source, dataset.approved_at_source_at = "", "", None
    if dataset.state == DatasetState.WITHDRAWN:
        dataset.save(update_fields=["approved_hash", "approved_at_source", "approved_at_source_at"])
    else:
        dataset = _withdraw(dataset, reason, actor, now, None)
    in_force = SignOff.objects.filter(revision__dataset=dataset, revision__state=RevisionState.RELEASED, lapsed_at=None)
    in_force.update(lapsed_at=now, lapsed_because=reason.en, lapsed_because_fr=reason.fr)
    for revision in Revision.objects.filter(dataset=dataset, state__in=Move.RETRACT.origins):
        gates.retract(revision=revision, reason=reason.en, actor=actor, now=now)
    record("dataset.withdraw_approval", dataset, actor, note=reason.en, now=now)
    return dataset


def _withdraw(dataset: Dataset, reason: Reason, actor: User, now: datetime, successor: Dataset | None) -> Dataset:
    state = DatasetState(dataset.state)
    if state == DatasetState.WITHDRAWN:
        return dataset
    if not state.can_become(DatasetState.WITHDRAWN):
        raise IllegalMove(state, DatasetState.WITHDRAWN)
    if not reason.en or not reason.fr:
        raise ReasonMissing
    if successor and (successor.pk == dataset.pk or not Dataset.objects.published().filter(pk=successor.pk).exists()):
        raise SuccessorNotPublic
    waiting = Revision.objects.filter(dataset=dataset, state=RevisionState.SCHEDULED).first()
    if waiting is not None and locked(waiting).state == RevisionState.SCHEDULED:
        stands = gates.unschedule(revision=waiting, actor=actor, now=now).dataset  # its instant must not bring the record back
        if stands.state == DatasetState.DRAFT:
            return stands  # the public never saw it: there is nothing to take away
    if dataset.visible_from and dataset.visible_from > now:
        dataset.visible_from = None
    dataset.state, dataset.withdrawn_at, dataset.successor = DatasetState.WITHDRAWN.value, now, successor
    dataset.withdrawal_reason_en, dataset.withdrawal_reason_fr = reason.en, reason.fr
    records.apply(dataset=dataset, actor=actor, now=now, always=True)
    details = {"reason_en": reason.en, "reason_fr": reason.fr}
    announcements.announce(dataset=dataset, event=PublicEvent.WITHDRAWN, actor=actor, now=now, successor=successor)
    record("dataset.withdraw", dataset, actor, note=f"{reason.en} / {reason.fr}", details=details, now=now)
    return dataset


@transaction.atomic
def restore(*, dataset: Dataset, actor: User, now: datetime, note: str = "") -> Dataset:
    """Give a withdrawn record back to the public, as it is now. Asked again, changes nothing.

    Raises:
        IllegalMove: the record is a draft.
        NotApproved: its approval was withdrawn too, or never given for what it holds.
    """
    dataset = _locked(dataset)
    state = DatasetState(dataset.state)
    if state == DatasetState.PUBLISHED:
        return dataset
    if state != DatasetState.WITHDRAWN:
        raise IllegalMove(state, DatasetState.PUBLISHED)
    if not dataset.is_approved:
        raise NotApproved
    dataset.state, dataset.visible_from = DatasetState.PUBLISHED.value, dataset.visible_from or now
    dataset.withdrawn_at, dataset.successor = None, None
    dataset.withdrawal_reason_en = dataset.withdrawal_reason_fr = ""
    records.apply(dataset=dataset, actor=actor, now=now, change=records.Change(note=note), always=True)
    announcements.announce(dataset=dataset, event=PublicEvent.RESTORED, actor=actor, now=now)
    record("dataset.restore", dataset, actor, note=note, now=now)
    return dataset


def _locked(dataset: Dataset) -> Dataset:
    return Dataset.objects.select_for_update().get(pk=dataset.pk)
