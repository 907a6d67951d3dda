"""Write on a record before it is public, or beside its public rows: every editor's change passes here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.activity import goes_on, record
from accounts.models import User
from opengov.caching import forget_instants

from ..ckan.records import dataset_content, resource_content
from ..enums import DatasetState, Move, PublicEvent, RevisionState
from ..errors import AlreadyPublic, ChangedMeanwhile, NotOpen
from ..incoming import Related
from ..models import Dataset, Resource, Revision, RevisionItem, SignOff
from ..selectors.differences import compare_objects
from ..selectors.stored_hashes import stored_hashes
from ..selectors.texts import text_of
from ..selectors.working_copies import record_content
from . import announcements, computed, records, turns
from .passage import enter, move_on
from .relationships import relationship_row

STRETCH = timedelta(minutes=30)  # of writing without a longer pause


@dataclass(frozen=True, slots=True)
class Edit:
    """What an editor changed: rows of a working copy with their new values. `relationships` are all of them, or `None`.

    `is_kept`: it was kept as the editor wrote, and is no step of its own in the history. `keeps_places`: new resources of a draft
    stand where they say, instead of at the end.
    """

    dataset: Dataset | None = None
    resources: Sequence[Resource] = ()
    removed: Sequence[UUID] = ()
    relationships: Sequence[Related] | None = None
    note: str = ""
    is_kept: bool = False
    keeps_places: bool = False


@transaction.atomic
def open_record(*, dataset: Dataset, actor: User, now: datetime, resources: Sequence[Resource] = ()) -> Revision:
    """Begin a new record, from what is known of it so far.

    Raises:
        ValidationError: a field does not hold what it may.
    """
    change = records.Change(resources=resources)
    records.save_dataset(dataset=dataset, actor=actor, now=now, change=change)
    return _begin(dataset, actor, now)


@transaction.atomic
def revise(*, dataset: Dataset, actor: User, now: datetime) -> Revision:
    """Begin to change a record. Where somebody has begun already, that revision."""
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    found = Revision.objects.open().filter(dataset=dataset).first()
    return found or _begin(dataset, actor, now)


@transaction.atomic
def save(*, revision: Revision, number: int, edit: Edit, actor: User, now: datetime) -> Revision:
    """Keep an edit. A sign-off that covered what was changed lapses, and the revision is the editor's again.

    Args:
        number: of the revision as the editor saw it.

    Raises:
        ChangedMeanwhile: somebody else has changed the revision since; nothing is written.
        NotOpen: it was released or discarded.
        ValidationError: a field does not hold what it may.
    """
    revision = locked(revision)
    if not revision.is_open:
        raise NotOpen(RevisionState(revision.state))
    if revision.number != number:
        raise ChangedMeanwhile
    since = max(revision.moved_at, now - STRETCH) if edit.is_kept else None
    before, said = transaction.savepoint(), _said_of_the_record(revision) if revision.signed_hash else {}
    if awaits_its_instant(revision):
        make_draft_again(revision, actor, now)
    if revision.dataset.state == DatasetState.DRAFT:
        _save_draft(revision, edit, actor, now, since)
    else:
        _save_items(revision, edit)
    digest = content_hash(revision)
    if digest == revision.content_hash:
        transaction.savepoint_rollback(before)
        return locked(revision)
    revision.content_hash = digest
    revision.number += 1
    lapsed = lapse(revision, because=lambda: _what_changed(said, edit, actor), now=now)
    if revision.state != RevisionState.EDITING:
        enter(revision, RevisionState.EDITING, now)
    revision.save()
    if lapsed is not None:
        turns.tell_lapsed(lapsed, actor=actor, now=now)
    revision.writers.add(actor)
    is_recorded = revision.dataset.state == DatasetState.DRAFT  # by the draft's own service
    if not is_recorded and not (since and goes_on("revision.save", revision.dataset, actor, since=since)):
        record("revision.save", revision.dataset, actor, note=edit.note, now=now)
    return revision


@transaction.atomic
def write_draft(*, dataset: Dataset, edit: Edit, actor: User, now: datetime) -> Revision:
    """Keep an edit of a draft, or begin one, for a writer who has not seen its revision. A sign-off lapses as by `save`.

    Raises:
        AlreadyPublic: the record is not a draft.
        ValidationError: a field does not hold what it may.
    """
    stored = Dataset.objects.select_for_update().filter(pk=dataset.pk).first()
    if stored is None:
        change = records.Change(edit.resources, (), edit.relationships, edit.note)
        return _begin(records.save_dataset(dataset=dataset, actor=actor, now=now, change=change), actor, now)
    if stored.state != DatasetState.DRAFT:
        raise AlreadyPublic
    revision = revise(dataset=stored, actor=actor, now=now)
    return save(revision=revision, number=revision.number, edit=edit, actor=actor, now=now)


def locked(revision: Revision) -> Revision:
    """The revision as it stands, its dataset and itself locked until the transaction ends."""
    dataset = Dataset.objects.select_for_update().get(pk=revision.dataset_id)
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    revision.dataset = dataset
    if awaits_its_instant(revision) and dataset.visible_from and dataset.visible_from <= timezone.now():
        now = timezone.now()
        move_on(revision, Move.RELEASE, None, now)
        announcements.announce_release(revision=revision, event=PublicEvent.RELEASED, actor=None, now=now, known=())
    return revision


def awaits_its_instant(revision: Revision) -> bool:
    """Whether it is a new record that is written and public from an instant on; a change of a public one is not written yet."""
    if revision.state != RevisionState.SCHEDULED or revision.dataset.state != DatasetState.PUBLISHED:
        return False
    return not revision.items.exists()


def make_draft_again(revision: Revision, actor: User | None, now: datetime) -> None:
    """Take the instant from a new record that the public has not seen."""
    dataset = revision.dataset
    dataset.state, dataset.visible_from, dataset.approved_hash = DatasetState.DRAFT.value, None, ""
    records.apply(dataset=dataset, actor=actor, now=now, always=True)
    dataset.versions.update(is_public=False)
    transaction.on_commit(forget_instants)


def lapse(revision: Revision, *, because: Callable[[], str], now: datetime) -> SignOff | None:
    """End the sign-off in force, if there is one, which is returned. The caller saves the revision, out of what wants one.

    Args:
        because: says why, in the active language; it is asked in both.
    """
    revision.signed_hash, revision.visible_from = "", None
    found = revision.sign_offs.filter(lapsed_at=None).first()
    if found is not None:
        found.lapsed_at = now
        with translation.override("en"):
            found.lapsed_because = because()
        with translation.override("fr"):
            found.lapsed_because_fr = because()
        found.save(update_fields=["lapsed_at", "lapsed_because", "lapsed_because_fr"])
    return found


def _said_of_the_record(revision: Revision) -> dict[str, Any]:
    """The metadata of the record itself as they stand in the revision."""
    item = revision.items.filter(resource_id=None).first()
    return item.data if item is not None and item.data is not None else record_content(revision.dataset)


def _what_changed(before: dict[str, Any], edit: Edit, actor: User) -> str:
    """Who changed what, by the names of fields and resources."""
    names: list[str] = []
    if edit.dataset is not None:
        after = record_content(edit.dataset)
        names = [str(each.label) for each in compare_objects(before, after, is_resource=False).changes]
    names += [str(text_of(row, "name") or _("a resource")) for row in edit.resources]
    if edit.removed:
        count = len(edit.removed)
        names.append(ngettext("%(count)s removed resource", "%(count)s removed resources", count) % {"count": count})
    if not names:
        return _("The record was changed by %(actor)s.") % {"actor": actor}
    return _("%(actor)s changed: %(what)s.") % {"actor": actor, "what": ", ".join(dict.fromkeys(names))}


def _begin(dataset: Dataset, actor: User, now: datetime) -> Revision:
    revision = Revision.objects.create(dataset=dataset, content_hash=dataset.content_hash, opened_at=now, moved_at=now)
    revision.writers.add(actor, *_writers_of_what_nobody_signed(dataset))
    record("revision.begin", dataset, actor, now=now)
    return revision


def _writers_of_what_nobody_signed(dataset: Dataset) -> list[User]:
    """Who wrote what stands in the rows and no sign-off covers: it is theirs still, whoever goes on with it."""
    if dataset.is_approved:
        return []
    return list(User.objects.filter(pk__in=Revision.writers.through.objects.filter(revision__dataset=dataset).values("user")))


def _save_draft(revision: Revision, edit: Edit, actor: User, now: datetime, since: datetime | None) -> None:
    dataset = edit.dataset or revision.dataset
    removed = Resource.objects.filter(dataset=dataset, pk__in=edit.removed)
    change = records.Change(edit.resources, list(removed), edit.relationships, edit.note, since, edit.keeps_places)
    revision.dataset = records.save_dataset(dataset=dataset, actor=actor, now=now, change=change)


def _save_items(revision: Revision, edit: Edit) -> None:
    if edit.dataset is not None:
        for name in records.FROZEN:
            setattr(edit.dataset, name, getattr(revision.dataset, name))
        records.clean_dataset(edit.dataset)
        rows = None if edit.relationships is None else [relationship_row(each) for each in edit.relationships]
        content = dataset_content(vars(edit.dataset), rows) if rows is not None else _content_so_far(revision, edit.dataset)
        _keep(revision, None, content, revision.dataset.metadata_hash, edit.note)
    touched = [row.pk for row in edit.resources] + list(edit.removed)
    public = dict(Resource.objects.filter(dataset=revision.dataset, pk__in=touched).values_list("pk", "metadata_hash"))
    for row in edit.resources:
        records.clean_resource(row)
        _keep(revision, row.pk, resource_content(vars(row)), public.get(row.pk, ""), edit.note)
    for pk in edit.removed:
        if pk in public:
            _keep(revision, pk, None, public[pk], edit.note)
        else:
            revision.items.filter(resource_id=pk).delete()


def _content_so_far(revision: Revision, dataset: Dataset) -> dict[str, Any]:
    """The record's new columns with the relationships that it has, in the revision or in public."""
    content = record_content(dataset)
    item = revision.items.filter(resource_id=None).first()
    if item is not None and item.data is not None:
        content.pop("relationship", None)
        if found := item.data.get("relationship"):
            content["relationship"] = found
    return content


def _keep(revision: Revision, resource_id: UUID | None, data: dict[str, Any] | None, base: str, note: str) -> None:
    """One item, unless the object is again as the public sees it. An edit without a note leaves the one of an earlier edit."""
    values = {"data": data, "metadata_hash": computed.metadata_hash(data) if data is not None else ""}
    if note:
        values["note"] = note
    items = revision.items.filter(resource_id=resource_id)
    if data is not None and values["metadata_hash"] == base:
        items.delete()
    elif not items.update(**values):
        RevisionItem.objects.create(revision=revision, resource_id=resource_id, base_hash=base, **values)


def content_hash(revision: Revision) -> str:
    """Over the stored hashes of the public rows and of the revision's items: two queries, however many resources."""
    dataset = revision.dataset
    if dataset.state == DatasetState.DRAFT:
        return dataset.content_hash
    digest, hashes = dataset.metadata_hash, stored_hashes(dataset.pk)
    for pk, changed in revision.items.values_list("resource_id", "metadata_hash"):
        if pk is None:
            digest = changed
        elif changed:
            hashes[str(pk)] = changed
        else:
            hashes.pop(str(pk), None)
    return computed.content_hash(digest, hashes)
