"""The page of a revision: what it changes, whose turn it is, what has happened to it."""

from collections.abc import Iterator
from dataclasses import dataclass
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
from .history import ChangedObject, compare_objects, content_of
from .working_copies import record_content, working_record
from .working_resources import WorkingResources, holdings

Data = dict[str, Any]
MOST_RESOURCES = 30


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """Everything that the page shows, but who may do what.

    Attributes:
        dataset: as the release will write it, with the first of its `resources`.
        is_new: the record was never public: `content` is all that it says.
        changes: to the public record, empty for a new one; `since_signed`: to what the last sign-off covered, `None` without one.
        answers: in the order of the criteria; `sign_offs`: the newest first.
    """

    revision: Revision
    dataset: Dataset
    resources: list[Resource]
    is_new: bool
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
    is_new = revision.dataset.state == DatasetState.DRAFT
    sign_offs = list(revision.sign_offs.select_related("signer", "on_behalf_of"))
    answers = revision.answers.select_related("reviewer")
    return RevisionPage(
        revision=revision,
        dataset=dataset,
        resources=resources,
        is_new=is_new,
        lacks=missing(dataset, holdings(revision).kinds) if revision.state == RevisionState.EDITING else [],
        content=list(_content(dataset, resources)) if is_new else [],
        changes=[] if is_new or not revision.is_open else changes_of(revision),
        since_signed=changes_since(sign_offs[0], revision) if sign_offs and revision.is_open else None,
        answers=sorted(answers, key=lambda answer: Criterion.values.index(answer.criterion)),
        sign_offs=sign_offs,
    )


def changes_of(revision: Revision) -> list[ChangedObject]:
    """What the release will do to the public record."""
    after = _items(revision)
    return list(_compared(_public(revision, after.keys()), after))


def changes_since(signed: SignOff, revision: Revision) -> list[ChangedObject]:
    """What was changed since a sign-off."""
    if signed.content_hash == revision.content_hash:
        return []
    if revision.dataset.state == DatasetState.DRAFT:
        return list(_compared(_newest(revision, signed.at), _newest(revision, None)))
    then = {UUID(key) if key else None: data for key, data in signed.items.items()}
    now = _items(revision)
    public = _public(revision, then.keys() | now.keys())
    return list(_compared(public | then, public | now))


def return_of(revision: Revision) -> Activity | None:
    """The step that brought the revision back to its editor, with its reason; nothing where it is not there, or never left."""
    if revision.state != RevisionState.EDITING:
        return None
    back = [f"revision.{move}" for move in (Move.GIVE_BACK, Move.RETRACT)]
    return of(revision.dataset).filter(verb__in=back, at=revision.moved_at).first()


def moves_of(revision: Revision, user: User) -> list[Move]:
    """The moves that the person may make now."""
    return [move for move in Move if may(user, move, revision)]


def _content(dataset: Dataset, resources: list[Resource]) -> Iterator[ChangedObject]:
    yield content_of(record_content(dataset), is_resource=False)
    for row in resources:
        yield content_of(resource_content(vars(row)), is_resource=True)


def _items(revision: Revision) -> dict[UUID | None, Data | None]:
    return dict(RevisionItem.objects.filter(revision=revision).values_list("resource_id", "data"))


def _public(revision: Revision, keys: Any) -> dict[UUID | None, Data | None]:
    """The public content of these objects; nothing for those that are not there."""
    found: dict[UUID | None, Data | None] = {}
    if None in keys:
        found[None] = record_content(revision.dataset)
    for row in Resource.objects.filter(dataset=revision.dataset_id, pk__in=[key for key in keys if key]):
        found[row.pk] = resource_content(vars(row))
    return found


def _newest(revision: Revision, until: datetime | None) -> dict[UUID | None, Data | None]:
    """The content of each object of a draft as it was written last, up to an instant."""
    versions = Version.objects.filter(dataset=revision.dataset_id)
    if until:
        versions = versions.filter(at__lte=until)
    newest = dict(versions.order_by("number").values_list("resource_id", "pk"))
    return {row.resource_id: row.data for row in Version.objects.filter(pk__in=newest.values())}


def _compared(before: dict[UUID | None, Data | None], after: dict[UUID | None, Data | None]) -> Iterator[ChangedObject]:
    for key in sorted(before.keys() | after.keys(), key=lambda each: (each is not None, str(each))):
        old, new = before.get(key), after.get(key)
        found = compare_objects(old, new, is_resource=key is not None) if old != new else None
        if found and (found.changes or found.event != "changed"):
            yield found
