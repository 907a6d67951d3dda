"""A record's way to the public and back. In this order of things the portal's publishers decide alone; each move is recorded."""

from datetime import datetime

from django.db import transaction

from accounts.activity import record
from accounts.models import User
from opengov.caching import forget_instants

from ..enums import DatasetState
from ..errors import IllegalMove, ReasonMissing, SuccessorNotPublic
from ..models import Dataset
from . import records


@transaction.atomic
def publish(*, dataset: Dataset, actor: User, now: datetime, visible_from: datetime | None = None, note: str = "") -> Dataset:
    """Release a draft, now or from a later instant on. What was approved is bound to the hash of its content.

    Asked again for a record that is public, changes nothing; for one that is not public yet, changes the instant if another is
    given.

    Raises:
        IllegalMove: the record was withdrawn (see `restore`).
        ValidationError: the record does not hold what it may.
    """
    dataset = _locked(dataset)
    state = DatasetState(dataset.state)
    if state == DatasetState.PUBLISHED:
        if visible_from is None or dataset.visible_from is None or dataset.visible_from <= now:
            return dataset
    elif state != DatasetState.DRAFT:
        raise IllegalMove(state, DatasetState.PUBLISHED)
    instant = max(visible_from or now, now)
    if state == DatasetState.PUBLISHED and instant == dataset.visible_from:
        return dataset
    dataset.state, dataset.visible_from = DatasetState.PUBLISHED.value, instant
    records.apply(dataset=dataset, actor=actor, now=now, change=records.Change(note=note), always=True)
    transaction.on_commit(forget_instants)
    record("dataset.publish", dataset, actor, note=note, details={"visible_from": instant.isoformat()}, now=now)
    return dataset


@transaction.atomic
def withdraw(
    *, dataset: Dataset, reason_en: str, reason_fr: str, actor: User, now: datetime, successor: Dataset | None = None
) -> Dataset:
    """Take a record from the public. Its address answers with the reason and the successor, unless it was never public.

    Asked again, changes nothing.

    Raises:
        IllegalMove: the record is a draft.
        ReasonMissing: a reason is not given in both languages.
        SuccessorNotPublic: see there.
    """
    dataset = _locked(dataset)
    state = DatasetState(dataset.state)
    if state == DatasetState.WITHDRAWN:
        return dataset
    if not state.can_become(DatasetState.WITHDRAWN):
        raise IllegalMove(state, DatasetState.WITHDRAWN)
    reason_en, reason_fr = reason_en.strip(), reason_fr.strip()
    if not reason_en or not reason_fr:
        raise ReasonMissing
    if successor and (successor.pk == dataset.pk or not Dataset.objects.published().filter(pk=successor.pk).exists()):
        raise SuccessorNotPublic
    if dataset.visible_from and dataset.visible_from > now:
        dataset.visible_from = None
    dataset.state, dataset.withdrawn_at, dataset.successor = DatasetState.WITHDRAWN.value, now, successor
    dataset.withdrawal_reason_en, dataset.withdrawal_reason_fr = reason_en, reason_fr
    records.apply(dataset=dataset, actor=actor, now=now, always=True)
    record(
        "dataset.withdraw",
        dataset,
        actor,
        note=f"{reason_en} / {reason_fr}",
        details={"reason_en": reason_en, "reason_fr": reason_fr},
        now=now,
    )
    return dataset


@transaction.atomic
def restore(*, dataset: Dataset, actor: User, now: datetime, note: str = "") -> Dataset:
    """Give a withdrawn record back to the public, as it is now. Asked again, changes nothing.

    Raises:
        IllegalMove: the record is a draft.
    """
    dataset = _locked(dataset)
    state = DatasetState(dataset.state)
    if state == DatasetState.PUBLISHED:
        return dataset
    if state != DatasetState.WITHDRAWN:
        raise IllegalMove(state, DatasetState.PUBLISHED)
    dataset.state, dataset.visible_from = DatasetState.PUBLISHED.value, dataset.visible_from or now
    dataset.withdrawn_at, dataset.successor = None, None
    dataset.withdrawal_reason_en = dataset.withdrawal_reason_fr = ""
    records.apply(dataset=dataset, actor=actor, now=now, change=records.Change(note=note), always=True)
    record("dataset.restore", dataset, actor, note=note, now=now)
    return dataset


def _locked(dataset: Dataset) -> Dataset:
    return Dataset.objects.select_for_update().get(pk=dataset.pk)
