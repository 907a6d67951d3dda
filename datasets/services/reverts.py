"""Take an earlier version back: an edit like any other, which passes the gates before the public sees it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User

from ..ckan.records import resource_content
from ..enums import RevisionState
from ..errors import AsItWas, OnItsWay
from ..models import Dataset, Resource, Revision
from ..selectors.differences import Data
from ..selectors.history import objects_at
from ..selectors.working_copies import WorkingCopy, overlay_dataset, overlay_resource, working_copy
from .revisions import Edit, revise, save

KEPT = ("name", "owner_org_id")  # its address and its department do not go back


@transaction.atomic
def take_back(*, dataset: Dataset, number: int, actor: User, now: datetime, resource: UUID | None = None) -> Revision:
    """Make a record, with all its resources, what it was at a version; or, of a record as it is, one resource alone.

    The revision that is open is written on, or one is begun. The public sees nothing of it until it is released.

    Raises:
        OnItsWay: the open revision is not the editor's.
        AsItWas: nothing differs; nothing is written.
        ValidationError: a value of then does not fit its field any more. A choice that is no more is kept beside the fields.
    """
    revision = revise(dataset=dataset, actor=actor, now=now)
    if revision.state != RevisionState.EDITING:
        raise OnItsWay(RevisionState(revision.state))
    then = objects_at(dataset, number)
    copy = working_copy(revision)
    note = _("Version %(number)s taken back.") % {"number": number}
    edit = _one(copy, resource, then, note) if resource else _all(copy, then, note)
    before = revision.content_hash
    revision = save(revision=revision, number=revision.number, edit=edit, actor=actor, now=now)
    if revision.content_hash == before:
        raise AsItWas
    return revision


def _one(copy: WorkingCopy, resource: UUID, then: dict[UUID | None, Data | None], note: str) -> Edit:
    return Edit(resources=_rows(copy, {resource: then.get(resource)}), note=note, keeps_places=True)


def _all(copy: WorkingCopy, then: dict[UUID | None, Data | None], note: str) -> Edit:
    dataset, relationships = copy.dataset, copy.relationships
    gone = [row.pk for row in copy.resources if then.get(row.pk) is None]
    if data := then.pop(None, None):
        kept = {name: getattr(dataset, name) for name in KEPT}
        relationships = overlay_dataset(dataset, data)
        for name, value in kept.items():
            setattr(dataset, name, value)
    return Edit(dataset, _rows(copy, then), gone, relationships, note, keeps_places=True)


def _rows(copy: WorkingCopy, then: dict[UUID | None, Data | None]) -> list[Resource]:
    """The resources that were not as they are, as they were."""
    stands, found = {row.pk: row for row in copy.resources}, []
    for pk, data in then.items():
        if pk is None or data is None:
            continue
        row = stands.get(pk) or Resource(pk=pk, dataset=copy.dataset)
        before = resource_content(vars(row))
        overlay_resource(row, data)
        if pk not in stands or resource_content(vars(row)) != before:
            found.append(row)
    return found
