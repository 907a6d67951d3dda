"""A department's side of the board: what waits for its answer, what is overdue, and who sees to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rules
from django.db.models import Count, F, Max, Q

from accounts.models import Organization, User
from datasets.models import Dataset
from opengov.search.language import stems

from ..enums import FINAL, RequestKind, RequestStatus
from ..models import DataRequest

ANSWER = "requests_app.answer_request"
MOST_READ = 100
MOST_OFFERED = 3
SHOWN = ("overdue", "mine", "unowned", "new")


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a department's open requests."""

    open: int = 0
    overdue: int = 0
    unowned: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    code: str
    label: Any
    count: int
    is_chosen: bool


def departments_of(user: Any) -> Any:
    """Those whose desk the person may see: their own; all for who routes requests. The twin of `requests_app.see_desk`."""
    if rules.has_perm("requests_app.see_desk", user, None):
        return Organization.objects.all()
    return Organization.objects.filter(pk__in=list(user.organization_roles))


def departments(user: Any, today: date) -> Sequence[tuple[Organization, Counts]]:
    """The desks that the person may see, what has most overdue first; for who routes requests, only where one is open."""
    rows = _open().values("organization").annotate(**_counts(today)).values_list("organization", "open", "overdue", "unowned")
    counts = {organization: Counts(*numbers) for organization, *numbers in rows.order_by()}
    found = [(each, counts.get(each.pk, Counts())) for each in departments_of(user)]
    if rules.has_perm("requests_app.see_desk", user, None):
        found = [(each, its) for each, its in found if its.open]
    return sorted(found, key=lambda pair: (-pair[1].overdue, -pair[1].open, str(pair[0])))


def without_department() -> Any:
    """The open requests that nobody has been asked, what most people wait for first."""
    return _open().filter(organization=None).order_by("-votes_counted", "pk")


def desk(organization: Organization) -> Any:
    """A department's open requests, overdue ones first, then by the day they are due; `came_at`: when it got them, and
    `comments_shown`: how many comments the public reads."""
    read = Q(comments__moderation="approved", comments__deleted_at=None)
    comments = Count("comments", filter=read, distinct=True)
    found = _open().filter(organization=organization).annotate(came_at=Max("turns__began_at"), comments_shown=comments)
    return found.select_related("owner").order_by(F("due_on").asc(nulls_last=True), "-votes_counted", "pk")


def may_be_answered_by(dataset: Dataset, user: Any) -> list[DataRequest]:
    """The open requests to a dataset's department that the person may answer: those that share words with its title first."""
    rows = _open().filter(organization=dataset.owner_org_id, kind=RequestKind.REQUEST).select_related("organization")
    words = {stem for language in ("en", "fr") for stem in stems(getattr(dataset, f"title_{language}") or "", language)} - {""}
    found = [row for row in rows.order_by("-votes_counted", "pk")[:MOST_READ] if rules.has_perm(ANSWER, user, row)]
    return sorted(found, key=lambda row: -len(words & set(stems(row.title, row.language))))[:MOST_OFFERED]


def shown(rows: Any, show: str, *, user: User, today: date, since: datetime) -> Any:
    """The part of a desk that somebody asks for, one of `SHOWN`; else all of it."""
    conditions = {
        "overdue": Q(due_on__lt=today),
        "mine": Q(owner=user),
        "unowned": Q(owner=None),
        "new": Q(came_at__gt=since),
    }
    return rows.filter(conditions[show]) if show in conditions else rows


def bars(rows: Any, chosen: str) -> list[Bar]:
    """How many of the open requests have each status."""
    counts: dict[str, int] = dict(rows.order_by().values_list("status").annotate(Count("pk", distinct=True)))
    return [Bar(each.value, each.label, counts.get(each, 0), each == chosen) for each in RequestStatus if each not in FINAL]


def _open() -> Any:
    return DataRequest.objects.on_the_board().waiting()


def _counts(today: date) -> dict[str, Any]:
    overdue, unowned = Q(due_on__lt=today), Q(owner=None)
    return {"open": Count("pk"), "overdue": Count("pk", filter=overdue), "unowned": Count("pk", filter=unowned)}
