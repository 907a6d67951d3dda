"""Tell those who follow a dataset, its organization or its subjects what the public sees of it from now on."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notifications import Kind
from engagement.boards import board_of
from engagement.services.follows import Audience, News, followers, tell
from opengov.jobs import enqueue

from ..enums import DatasetState, PublicEvent, Vocabulary
from ..incoming import dataset_in
from ..models import Announcement, Dataset, DatasetFollow, OrganizationFollow, Relationship, Revision, SubjectFollow, Term
from ..selectors.history import change_in_short
from ..selectors.texts import text_of

KINDS = (
    Kind("follows.datasets", _("Datasets that you follow")),
    Kind("follows.organizations", _("Organizations that you follow")),
    Kind("follows.subjects", _("Subjects that you follow")),
)
JOB = "datasets.tasks.tell_followers"
# Whom an event concerns beside those who follow the dataset itself.
WIDER = {
    PublicEvent.RELEASED: ("organizations", "subjects"),
    PublicEvent.WITHDRAWN: ("organizations",),
}


def announce(*, dataset: Dataset, event: PublicEvent, actor: User | None, now: datetime, **more: Any) -> None:
    """Have it told once the transaction has committed. `more`: further columns of the announcement."""
    Announcement.objects.create(dataset=dataset, event=event, number=dataset.version, actor=actor, at=now, **more)
    enqueue(JOB)


def superseded_by(dataset: Dataset) -> set[UUID]:
    """The datasets of which this one says that it takes their place."""
    rows = Relationship.objects.filter(dataset=dataset, kind="supersedes").values_list("target", "url")
    return {pk for target, url in rows if (pk := target or dataset_in(url))}


def announce_release(
    *, revision: Revision, event: PublicEvent, actor: User | None, now: datetime, known: Collection[UUID]
) -> None:
    """What a release brings: the dataset, and the end of those whose place it takes. `known`: the ones that it named before."""
    dataset = revision.dataset
    announce(dataset=dataset, event=event, actor=actor, now=now, revision=revision)
    for other in Dataset.objects.published().filter(pk__in=superseded_by(dataset).difference(known)):
        announce(dataset=other, event=PublicEvent.SUPERSEDED, actor=actor, now=now, revision=revision, successor=dataset)


def announce_import(rows: Mapping[UUID, Mapping[str, Any]], *, known: Collection[UUID], now: datetime) -> None:
    """What a batch of an import brought, where anybody follows it: new datasets, and new versions of those that were there."""
    public = {pk: row for pk, row in rows.items() if row["state"] == DatasetState.PUBLISHED}
    changed = DatasetFollow.objects.filter(thing__in=public.keys() & known).values_list("thing", flat=True)
    found = dict.fromkeys(changed, PublicEvent.CHANGED)
    new = public.keys() - known
    if new:
        owners = {public[pk]["owner_org_id"] for pk in new}
        followed = set(OrganizationFollow.objects.filter(thing__in=owners).values_list("thing", flat=True))
        subjects = set(SubjectFollow.objects.values_list("thing__code", flat=True).distinct())
        wanted = (pk for pk in new if public[pk]["owner_org_id"] in followed or subjects.intersection(public[pk]["subject"]))
        found |= dict.fromkeys(wanted, PublicEvent.RELEASED)
    Announcement.objects.bulk_create(
        Announcement(dataset_id=pk, event=event, number=rows[pk]["version"], at=now) for pk, event in found.items()
    )
    if found:
        enqueue(JOB)


def tell_waiting() -> int:
    """Tell all that waits, each announcement in a transaction of its own. Returns how many were told; again, tells nothing."""
    return sum(_tell_one(pk) for pk in list(Announcement.objects.values_list("pk", flat=True)))


@transaction.atomic
def _tell_one(pk: int) -> bool:
    locked = Announcement.objects.select_for_update(of=("self",)).select_related("dataset", "successor", "revision")
    row = locked.filter(pk=pk).first()
    if row is None:
        return False
    row.delete()
    if not _still_holds(row):
        return False
    without = [row.actor_id, *(row.revision.writers.values_list("pk", flat=True) if row.revision else ())]
    tell(_audiences(row), _news(row, pk), without=without)
    return True


def _still_holds(row: Announcement) -> bool:
    """Whether the public sees now what was announced: a release may have been taken back before anybody was told."""
    if row.event == PublicEvent.WITHDRAWN:
        return row.dataset.state == DatasetState.WITHDRAWN
    wanted = [row.dataset_id, *([row.successor_id] if row.successor_id else [])]
    return Dataset.objects.published().filter(pk__in=wanted).count() == len(wanted)


def _audiences(row: Announcement) -> list[Audience]:
    found = [followers(board_of("datasets"), [row.dataset_id])]
    wider = WIDER.get(PublicEvent(row.event), ())
    if "organizations" in wider and row.dataset.owner_org_id:
        found.append(followers(board_of("organizations"), [row.dataset.owner_org_id]))
    if "subjects" in wider:
        subjects = Term.objects.of(Vocabulary.SUBJECT).filter(code__in=row.dataset.subject)
        found.append(followers(board_of("subjects"), subjects))
    return found


def _news(row: Announcement, pk: int) -> News:
    def words(language: str) -> dict[str, Any]:
        return {
            "changes": change_in_short(row.dataset, row.number) if row.event == PublicEvent.CHANGED else [],
            "reason": text_of(row.dataset, "withdrawal_reason").value,
        }

    return News(
        event=f"datasets.announcement:{pk}",
        template="datasets/mail/announcement",
        link=row.dataset.get_absolute_url,
        at=row.at,
        context={
            "announcement": row,
            "dataset": row.dataset,
            "organization": row.dataset.owner_org,
            "successor": _successor(row),
        },
        words=words,
    )


def _successor(row: Announcement) -> Dataset | None:
    """A successor that is not public is not named."""
    return Dataset.objects.published().filter(pk=row.successor_id).first() if row.successor_id else None
