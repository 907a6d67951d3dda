"""How long the records of departments stand in each state, and what is overdue: the same queries for one and for all."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Organization, User

from ..enums import RevisionState
from ..models import Revision, RevisionQuerySet, Stay
from ..rules import is_portal_staff
from ..turnaround import DAY, Figures, Wait, figures, wait_of

LATELY = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Department:
    """`organization` is empty for records that nobody publishes yet; `figures` in the order of the states."""

    organization: Organization | None
    figures: Sequence[Figures]

    @property
    def overdue(self) -> int:
        return sum(each.overdue for each in self.figures)


@dataclass(frozen=True, slots=True)
class Turnaround:
    """`total`: of all departments together. `departments`: those with any records, what has most overdue first."""

    total: Sequence[Figures]
    departments: Sequence[Department]


@dataclass(frozen=True, slots=True)
class Days:
    """The days that records stand, or stood, in their states, by publisher and state."""

    present: dict[tuple[UUID | None, str], list[Wait]]
    past: dict[tuple[UUID | None, str], list[float]]

    @property
    def owners(self) -> set[UUID | None]:
        return {owner for owner, _state in (*self.present, *self.past)}

    def figures(self, owners: Collection[UUID | None]) -> list[Figures]:
        return [
            figures(
                state,
                [wait for owner in owners for wait in self.present.get((owner, state), ())],
                [days for owner in owners for days in self.past.get((owner, state), ())],
            )
            for state in RevisionState.OPEN
        ]


def departments_of(user: User) -> QuerySet[Organization]:
    """Those whose numbers the person may see: their own; all for portal staff. The twin of the rule `datasets.see_numbers`."""
    if is_portal_staff(user):
        return Organization.objects.all()
    return Organization.objects.filter(pk__in=user.memberships.values("organization"))


def turnaround(user: User, now: datetime, department: Organization | None = None) -> Turnaround:
    """Of what the person sees, or of one department: the records at work, and what they and others took in the last year.

    Three queries.
    """
    days = _days(user, now, department)
    organizations = Organization.objects.in_bulk([owner for owner in days.owners if owner])
    departments = [Department(organizations.get(owner), days.figures([owner])) for owner in days.owners]
    departments.sort(key=lambda each: (-each.overdue, str(each.organization or "")))
    return Turnaround(days.figures(days.owners), departments)


def overdue(user: User, now: datetime, department: Organization | None = None) -> RevisionQuerySet:
    """With what a line shows, the longest overdue first."""
    owned = Q(dataset__owner_org=department) if department else Q()
    return Revision.objects.visible_to(user).filter(owned).overdue(now).select_related("dataset__owner_org")


def _days(user: User, now: datetime, department: Organization | None) -> Days:
    days = Days(defaultdict(list), defaultdict(list))
    revisions, stays = Revision.objects.visible_to(user).open(), Stay.objects.visible_to(user).filter(until__gte=now - LATELY)
    if department:
        revisions, stays = revisions.filter(dataset__owner_org=department), stays.filter(revision__dataset__owner_org=department)
    for owner, state, since in revisions.values_list("dataset__owner_org", "state", "moved_at"):
        days.present[owner, state].append(wait_of(state, since, now))
    rows = stays.values_list("revision__dataset__owner_org", "state", "since", "until")
    for owner, state, since, until in rows.iterator(chunk_size=2_000):
        days.past[owner, state].append((until - since) / DAY)
    return days
