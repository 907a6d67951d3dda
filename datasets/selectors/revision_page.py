"""The page of a revision: what it changes, whose turn it is, what has happened to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.activity import of
from accounts.models import Activity, User

from ..ckan.records import resource_content
from ..completeness import Label, missing
from ..enums import Criterion, DatasetState, Move, RevisionState
from ..models import Answer, Dataset, Resource, Revision, RevisionItem, SignOff, Version
from ..rules import may
from .differences import ChangedObject, Data, compare_objects, content_of
from .resource_lines import ResourceLine
from .revision_files import line_of, opened
from .working_copies import record_content, working_record
from .working_resources import WorkingResources, holdings

MOST_RESOURCES = 30
Objects = dict[UUID | None, Data | None]


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """Everything that the page shows, but who may do what.

    Attributes:
        dataset: as the release will write it, with the first of its `resources`.
        is_new: the record was never public; `is_withdrawn`: it is not public now.
        content: of either of them, all that the record says.
        changes: to what is or was public, empty for a new one; `since_signed`: to what the last sign-off covered, or `None`.
        is_changed: the release does something, be it nothing that people read.
        answers: in the order of the criteria; `sign_offs`: the newest first.
    """

    revision: Revision
    dataset: Dataset
    resources: list[ResourceLine]
    is_new: bool
    is_withdrawn: bool
    is_changed: bool
    lacks: list[Label]
    content: list[ChangedObject]
    changes: list[ChangedObject]
    since_signed: list[ChangedObject] | None
    answers: list[Answer]
    sign_offs: list[SignOff]

    @property
    def signed(self) -> SignOff | None:
        """The sign-off in force."""
        return next((each for each in self.sign_offs if each.lapsed_at is None), None)


def revision_page(revision: Revision) -> RevisionPage:
    """The page, in a number of queries that does not grow with the resources. `revision` comes with its dataset."""
    dataset, resources = working_record(revision), WorkingResources(revision)[:MOST_RESOURCES]
    state = revision.dataset.state
    is_new, is_withdrawn = state == DatasetState.DRAFT, state == DatasetState.WITHDRAWN
    is_told = is_new or (is_withdrawn and revision.is_open)
    sign_offs = list(revision.sign_offs.select_related("signer", "on_behalf_of"))
    answers = revision.answers.select_related("reviewer")
    return RevisionPage(
        revision=revision,
        dataset=dataset,
        resources=[line_of(revision, row) for row in resources],
        is_new=is_new,
        is_withdrawn=is_withdrawn,
        is_changed=revision.content_hash != revision.dataset.content_hash,
        lacks=missing(dataset, holdings(revision).kinds) if revision.state == RevisionState.EDITING else [],
        content=list(content(revision, dataset, resources)) if is_told else [],
        changes=[] if is_new or not revision.is_open else changes_of(revision),
        since_signed=changes_since(sign_offs[0], revision) if sign_offs and revision.is_open else None,
        answers=sorted(answers, key=lambda answer: Criterion.values.index(answer.criterion)),
        sign_offs=sign_offs,
    )


def changes_of(revision: Revision) -> list[ChangedObject]:
    """What the release will do to the public record."""
    after = _items(revision)
    return list(_compared(revision, _public(revision, after.keys()), after))


def changes_since(signed: SignOff, revision: Revision) -> list[ChangedObject]:
    """What was changed since a sign-off."""
    if signed.content_hash == revision.content_hash:
        return []
    if revision.dataset.state == DatasetState.DRAFT:
        return list(_compared(revision, _newest(revision, signed.at), _newest(revision, None)))
    then = {UUID(key) if key else None: data for key, data in signed.items.items()}
    now = _items(revision)
    public = _public(revision, then.keys() | now.keys())
    return list(_compared(revision, public | then, public | now))


def content(revision: Revision, dataset: Dataset, resources: Iterable[Resource]) -> Iterator[ChangedObject]:
    """All that the record says of itself and of these of its resources, as the release will leave them."""
    item = revision.items.filter(resource_id=None).first()
    yield content_of((item and item.data) or record_content(dataset), is_resource=False)
    for row in resources:
        data = resource_content(vars(row))
        yield opened(revision, content_of(data, is_resource=True), None, data)


def return_of(revision: Revision) -> Activity | None:
    """The step that brought the revision back to its editor, with its reason; nothing where it is not there, or never left."""
    if revision.state != RevisionState.EDITING:
        return None
    back = [f"revision.{move}" for move in (Move.GIVE_BACK, Move.RETRACT)]
    return of(revision.dataset).filter(verb__in=back, at=revision.moved_at).first()


def moves_of(revision: Revision, user: User) -> list[Move]:
    """The moves that the person may make now."""
    return [move for move in Move if may(user, move, revision)]


def _items(revision: Revision) -> Objects:
    return dict(RevisionItem.objects.filter(revision=revision).values_list("resource_id", "data"))


def _public(revision: Revision, keys: Any) -> Objects:
    """The public content of these objects; nothing for those that are not there."""
    found: Objects = {}
    if None in keys:
        found[None] = record_content(revision.dataset)
    for row in Resource.objects.filter(dataset=revision.dataset_id, pk__in=[key for key in keys if key]):
        found[row.pk] = resource_content(vars(row))
    return found


def _newest(revision: Revision, until: datetime | None) -> Objects:
    """The content of each object of a draft as it was written last, up to an instant."""
    versions = Version.objects.filter(dataset=revision.dataset_id)
    if until:
        versions = versions.filter(at__lte=until)
    newest = dict(versions.order_by("number").values_list("resource_id", "pk"))
    return {row.resource_id: row.data for row in Version.objects.filter(pk__in=newest.values())}


def _compared(revision: Revision, before: Objects, after: Objects) -> Iterator[ChangedObject]:
    """What is different, the record first and then its resources in their order; new ones with all that they say."""
    notes = dict(revision.items.values_list("resource_id", "note"))
    for key in sorted(before.keys() | after.keys(), key=lambda each: _place(each, after.get(each) or before.get(each))):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        found = compare_objects(old, new, is_resource=key is not None)
        if key is not None and new is not None:
            found = replace(found, changes=content_of(new, is_resource=True).changes) if old is None else found
            found = opened(revision, found, old, new, notes.get(key, ""))
        if found.changes or found.file or found.event != "changed":
            yield found


def _place(key: UUID | None, data: Data | None) -> tuple[bool, int, str]:
    return key is not None, (data or {}).get("position") or 0, str(key)
