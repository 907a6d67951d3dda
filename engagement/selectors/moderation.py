"""What waits for a moderator."""

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from ..enums import ReportReason
from ..models import Moderated, Report
from ..moderation import Kind, kinds
from ..services.moderation import is_trusted


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text of some kind in the queue."""

    kind: Kind
    item: Moderated

    @property
    def key(self) -> str:
        return f"{self.kind.key}-{self.item.pk}"

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """What the person wrote: name of the field, its label, the text; empty ones are left out."""
        fields = [(name, self.item._meta.get_field(name), getattr(self.item, name)) for name in self.kind.texts]
        return [(name, str(getattr(field, "verbose_name", name)), text) for name, field, text in fields if text]


@dataclass(frozen=True, slots=True)
class Writer:
    """What a moderator wants to know of a writer."""

    name: str
    joined: Any
    shown: int
    refused: int
    is_trusted: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of a kind waits, and since when its oldest does."""

    kind: Kind
    number: int
    oldest: datetime | None


def queue(most: int) -> list[Waiting]:
    """What waits or was reported, oldest first, of all kinds: a query a kind."""
    rows = [_waiting(kind, most) for kind in kinds()]
    return list(islice(merge(*rows, key=lambda each: (each.item.created_at, each.kind.key)), most))


def tallies() -> list[Tally]:
    """How many of each kind wait, and since when; a query a kind."""
    waiting = {kind: _to_decide(kind).aggregate(number=Count("pk"), oldest=Min("created_at")) for kind in kinds()}
    return [Tally(kind, **numbers) for kind, numbers in waiting.items()]


@dataclass(frozen=True, slots=True)
class Reported:
    """What readers report of a text: how many for each reason, and their notes."""

    reasons: list[tuple[str, int]]
    notes: list[str]


def reported(kind: Kind, item: Moderated) -> Reported | None:
    """The reports of a text that nobody has decided on; nothing where there is none."""
    reports = Report.objects.open().about(kind.key, item.pk)
    reasons = reports.values_list("reason").annotate(number=Count("pk")).order_by("-number", "reason")
    found = [(str(ReportReason(reason).label), number) for reason, number in reasons]
    return Reported(found, list(reports.exclude(note="").values_list("note", flat=True)[:20])) if found else None


def writer_of(item: Moderated) -> Writer | None:
    """The writer and their record; nothing of who has deleted their account."""
    author = item.author
    if author is None:
        return None
    states = [
        state
        for kind in kinds()
        for state in kind.model._default_manager.filter(author=author).values_list("moderation", flat=True)
    ]
    return Writer(
        name=str(author),
        joined=author.date_joined,
        shown=states.count("approved"),
        refused=states.count("rejected") + states.count("hidden"),
        is_trusted=is_trusted(author, now=timezone.now()),
    )


def _waiting(kind: Kind, most: int) -> list[Waiting]:
    rows = _to_decide(kind).select_related("author").order_by("created_at", "pk")
    return [Waiting(kind, item) for item in rows[:most]]


def _to_decide(kind: Kind) -> QuerySet[Moderated]:
    """What the public does not see yet, and what it sees and somebody has reported."""
    told = Report.objects.open().filter(kind=kind.key).values("item")
    return kind.model._default_manager.filter(Q(moderation="pending") | Q(moderation="approved", pk__in=told))
