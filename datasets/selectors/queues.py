"""What waits for a person, by role: the oldest first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Organization, User

from ..enums import RevisionState
from ..models import Revision
from ..models.revisions import RevisionQuerySet


@dataclass(frozen=True, slots=True)
class Queue:
    """`waiting` are the rows for a person; `holds`: whether the person has the role that the queue is for."""

    name: str
    label: str | Promise
    holds: Callable[[User], bool]
    waiting: Callable[[User], RevisionQuerySet]

    @property
    def url(self) -> str:
        return reverse(f"datasets:queue-{self.name}")


@dataclass(frozen=True, slots=True)
class Room:
    """A page of those who work on records: `name` of its address; `count`, of a queue: how many records wait in it."""

    name: str
    label: str | Promise
    url: str
    count: int | None = None


def rooms_of(user: User) -> list[Room]:
    """The workbench, the queues and the numbers that are open to the person."""
    workbench = [Room("record-list", _("All records"), reverse("datasets:record-list"))] if user.organization_roles else []
    queues = [Room(f"queue-{each.name}", each.label, each.url, each.waiting(user).count()) for each in queues_of(user)]
    numbers = NUMBERS if rules.has_perm("datasets.see_numbers", user) else []
    return [*workbench, *queues, *(Room(name.partition(":")[2], label, reverse(name)) for label, name in numbers)]


def queues_of(user: User) -> list[Queue]:
    """The queues of the roles that the person holds."""
    return [queue for queue in QUEUES.values() if queue.holds(user)]


def links(user: User) -> list[tuple[str | Promise, str]]:
    """The workbench, the queues and the numbers for the navigation: labels, and names of addresses."""
    workbench = [(_("Workbench"), "datasets:record-list")] if user.organization_roles else []
    numbers = NUMBERS if rules.has_perm("datasets.see_numbers", user) else []
    return [*workbench, *((queue.label, f"datasets:queue-{queue.name}") for queue in queues_of(user)), *numbers]


def delegable(user: User) -> QuerySet[Organization]:
    """The departments for which the person signs as their official, and may let others sign."""
    own = [pk for pk, held in user.organization_roles.items() if OrganizationRole.IMSO in held]
    return Organization.objects.filter(pk__in=own)


def rows(queue: Queue, user: User) -> RevisionQuerySet:
    """With what a line shows, in one query."""
    return queue.waiting(user).select_related("dataset__owner_org").order_by("moved_at", "id")


def _reviewer(user: User) -> RevisionQuerySet:
    return Revision.objects.filter(state=RevisionState.REVIEW).of_role(user, OrganizationRole.REVIEWER)


def _official(user: User) -> RevisionQuerySet:
    """What the person wrote is not theirs to sign."""
    return Revision.objects.filter(state=RevisionState.SIGN_OFF).to_sign_by(user).exclude(writers=user)


def _publisher(user: User) -> RevisionQuerySet:
    found: Any = Revision.objects.filter(state__in=(RevisionState.RELEASE, RevisionState.SCHEDULED))
    return found if PortalRole.PUBLISHER in user.portal_roles else found.none()


def _holds(role: OrganizationRole) -> Callable[[User], bool]:
    return lambda user: any(role in held for held in user.organization_roles.values())


NUMBERS = [(_("Turnaround"), "datasets:turnaround-list"), (_("Freshness"), "datasets:freshness-list")]
QUEUES = {
    queue.name: queue
    for queue in (
        Queue("review", _("To review"), _holds(OrganizationRole.REVIEWER), _reviewer),
        Queue("sign-off", _("To sign off"), lambda user: bool(_holds(OrganizationRole.IMSO)(user) or user.delegators), _official),
        Queue("release", _("To release"), lambda user: PortalRole.PUBLISHER in user.portal_roles, _publisher),
    )
}
