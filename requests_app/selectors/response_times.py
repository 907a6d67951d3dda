"""How fast each department answers what is asked of it, in public: the same queries for one and for all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Organization
from opengov.search.language import sort_key

from ..models import Turn
from ..response_times import Figures, Times, figures, times

COLUMNS = ("organization", "began_at", "answered_at", "ended_at", "is_handed_on", "due_on", "request__due_on")


@dataclass(frozen=True, slots=True)
class Department:
    organization: Organization
    figures: Figures


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """`since`: the first day that is counted, of all years. `departments`: those that were asked, by name.

    `never_asked`: the others, by name. `years`: those in which requests came, newest first.
    """

    since: datetime | None
    years: Sequence[int]
    total: Figures
    departments: Sequence[Department]
    never_asked: Sequence[Organization]


def response_times(now: datetime, year: int | None = None) -> ResponseTimes:
    """Of the requests that came to departments in a year, or ever. Two queries."""
    turns = _turns(now)
    every = [turn for found in turns.values() for turn in found]
    years = {timezone.localtime(turn.began_at).year for turn in every}
    if year is not None:
        turns = {owner: kept for owner, found in turns.items() if (kept := [turn for turn in found if _came_in(turn, year)])}
    organizations = sorted(Organization.objects.filter(is_active=True), key=_by_name)
    asked = [Department(each, figures(turns[each.pk])) for each in organizations if each.pk in turns]
    return ResponseTimes(
        since=min((turn.began_at for turn in every), default=None),
        years=sorted(years, reverse=True),
        total=figures(turn for found in turns.values() for turn in found),
        departments=asked,
        never_asked=[each for each in organizations if each.pk not in turns],
    )


def response_times_of(organization: UUID, now: datetime) -> Figures:
    """Of one department, ever. One query."""
    return figures(_turns(now, organization).get(organization, []))


def _turns(now: datetime, organization: UUID | None = None) -> dict[UUID, list[Times]]:
    rows = Turn.objects.public().order_by()
    if organization:
        rows = rows.filter(organization=organization)
    today, found = timezone.localdate(now), defaultdict(list)
    for owner, began_at, answered_at, ended_at, is_handed_on, due_on, now_due_on in rows.values_list(*COLUMNS):
        found[owner].append(
            times(
                began_at=began_at,
                answered_at=answered_at,
                ended_at=ended_at,
                is_handed_on=is_handed_on,
                due_on=due_on,
                now_due_on=now_due_on,
                ended_on=timezone.localdate(ended_at) if ended_at else None,
                today=today,
            )
        )
    return found


def _came_in(turn: Times, year: int) -> bool:
    return timezone.localtime(turn.began_at).year == year


def _by_name(organization: Organization) -> str:
    title = organization.title_fr if get_language() == "fr" else organization.title_en
    return sort_key(title or organization.name)
