"""The editor's room: a department's records, wherever they are on their way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from accounts.enums import OrganizationRole
from accounts.models import Organization, User

from .. import completeness
from ..enums import RevisionState, Situation
from ..models import Dataset, Revision
from .working_resources import Kind

MOST_KEYWORDS = 300
MOST_READ_FOR_KEYWORDS = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """A state with the number of records in it."""

    code: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of what a record owes is there. `lacking`: the rest."""

    there: int
    total: int
    lacking: Sequence[completeness.Owed]


def organizations_of(user: User, role: OrganizationRole | None = None) -> QuerySet[Organization]:
    """Those in which the person has a role, or this one; in the order of their names."""
    held = user.memberships.filter(role=role) if role else user.memberships.all()
    return Organization.objects.filter(pk__in=held.values("organization")).order_by(f"title_{get_language()}")


def records_of(user: User, *, q: str = "") -> Any:
    """The records of one's organizations, the last changed first, each with `situation` and, where there is one, `open_id`."""
    found = Dataset.objects.filter(owner_org__in=user.memberships.values("organization"))
    if q:
        found = found.filter(Q(title_en__icontains=q) | Q(title_fr__icontains=q) | Q(name=q))
    at_work = FilteredRelation("revisions", condition=Q(revisions__state__in=RevisionState.OPEN))
    return (
        found.annotate(at_work=at_work)
        .annotate(situation=Coalesce(F("at_work__state"), F("state")), open_id=F("at_work__id"), since=F("at_work__moved_at"))
        .select_related("owner_org")
        .order_by("-metadata_modified", "id")
    )


def bars(records: Any, chosen: str) -> list[Bar]:
    """How many of the records are in each state, the empty states too."""
    counts: Mapping[Any, int] = dict(records.order_by().values_list("situation").annotate(Count("pk")))
    return [Bar(code, str(label), counts.get(code, 0), code == chosen) for code, label in Situation.choices]


def meter(dataset: Dataset, resources: Sequence[Kind]) -> Meter:
    found = completeness.checked(dataset, resources)
    lacking = [each for each in found if not each.is_there]
    return Meter(len(found) - len(lacking), len(found), lacking)


def on_their_way(datasets: Iterable[UUID]) -> QuerySet[Revision]:
    """Those of the records that left their editor and are not released: to write on them brings them back."""
    return (
        Revision.objects.open()
        .exclude(state=RevisionState.EDITING)
        .filter(dataset__in=list(datasets))
        .select_related("dataset")
        .order_by("state", "dataset__name")
    )


def keywords_of(organization_id: UUID | None) -> tuple[list[str], list[str]]:
    """The words that the department gives its records most, in English and in French."""
    rows = Dataset.objects.filter(owner_org=organization_id).order_by("-metadata_modified")
    counts: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for pair in rows.values_list("keywords_en", "keywords_fr")[:MOST_READ_FOR_KEYWORDS]:
        for words, count in zip(pair, counts, strict=True):
            for word in words or ():
                count[word] = count.get(word, 0) + 1
    english, french = (sorted(count, key=lambda word: (-count[word], word))[:MOST_KEYWORDS] for count in counts)
    return english, french
