"""What an invalidation would do, and what its conditions say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from ..boards import Board
from ..enums import VoteFlag
from ..models import Invalidation
from ..services.invalidations import Conditions, matching

MOST_THINGS = 50


@dataclass(frozen=True, slots=True)
class Effect:
    """How many votes are meant, how many of them count now, and the tallies before and after, the greatest loss first."""

    number: int
    counted: int
    tallies: list[tuple[Any, int, int]]


def effect_of(board: Board, conditions: Conditions) -> Effect:
    """
    Raises:
        NoConditions: see `services.invalidations.matching`.
    """
    meant = matching(board, conditions)
    losing = meant.counted().order_by().values("thing").annotate(number=Count("pk"))
    losses = dict(losing.values_list("thing", "number"))
    most = sorted(losses, key=lambda pk: (-losses[pk], str(pk)))[:MOST_THINGS]
    things = board.things.in_bulk(most)
    standing = board.votes.objects.counted().filter(thing__in=most).order_by().values("thing").annotate(number=Count("pk"))
    before = dict(standing.values_list("thing", "number"))
    tallies = [(things[pk], before[pk], before[pk] - losses[pk]) for pk in most]
    return Effect(meant.count(), sum(losses.values()), tallies)


def conditions_of(row: Invalidation) -> Conditions:
    return Conditions(**row.conditions)


def in_words(board: Board, conditions: Conditions) -> list[tuple[str, Any]]:
    """The conditions that ask something: what of, and the value, an instant as one."""
    said: list[tuple[str, Any]] = [(_("Board"), board.label)]
    if conditions.thing:
        said.append((_("Only for"), board.things.filter(pk=conditions.thing).first() or conditions.thing))
    if conditions.flag:
        said.append((_("Reason for the check"), VoteFlag(conditions.flag).label))
    for label, text in (
        (_("Network"), conditions.network),
        (_("Browser"), conditions.browser),
        (_("Pattern of the address"), conditions.shape),
        (_("Mail domain"), conditions.domain),
    ):
        if text:
            said.append((label, " ".join(word[:10] if len(word) == 64 else word for word in text.split())))
    if conditions.is_new_account:
        said.append((_("Accounts"), _("Of the same day only")))
    for label, text in ((_("From"), conditions.since), (_("Until"), conditions.until)):
        if text:
            said.append((label, datetime.fromisoformat(text)))
    return said
