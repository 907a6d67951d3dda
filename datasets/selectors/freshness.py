"""Which public datasets keep their rhythm. The database answers by the index over frequency and last update."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Organization, User

from ..enums import FreshnessState, Vocabulary
from ..freshness import Freshness, freshness, rhythm_of
from ..models import Dataset
from ..rules import is_portal_staff
from . import terms
from .turnaround import departments_of

NOBODY = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many public datasets of a department (empty: of none) are in each state."""

    organization: Organization | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A dataset of the list; `frequency` is a label, and `freshness` is empty where it is unknown."""

    dataset: Dataset
    frequency: str
    updated_on: date | None
    freshness: Freshness | None


def dated(datasets: Any) -> Any:
    """With `updated_on`, the day by which the public page says how fresh a dataset is."""
    return datasets.alias(updated_on=Coalesce("date_modified", "date_published"))


def conditions(today: date) -> dict[FreshnessState, Q]:
    """What `freshness` says, as conditions on `dated` rows: every row meets just one of them."""
    rhythms = {code: rhythm for code in terms.choices(Vocabulary.FREQUENCY) if (rhythm := rhythm_of(code))}
    late, soon, current = NOBODY, NOBODY, NOBODY
    for code, rhythm in rhythms.items():
        soon_on, late_on = today - timedelta(days=rhythm.soon), today - timedelta(days=rhythm.patience)
        late |= Q(frequency=code, updated_on__lt=late_on)
        soon |= Q(frequency=code, updated_on__gte=late_on, updated_on__lte=soon_on)
        current |= Q(frequency=code, updated_on__gt=soon_on)
    unknown = ~Q(frequency__in=rhythms) | Q(updated_on=None)
    return dict(zip(FreshnessState, (late, soon, current, unknown), strict=True))


def public_datasets(user: User, department: Organization | None = None) -> Any:
    """Those whose freshness concerns the person: of their departments, or of one; all for portal staff."""
    found = dated(Dataset.objects.published())
    if department:
        return found.filter(owner_org=department)
    return found if is_portal_staff(user) else found.filter(owner_org__in=departments_of(user))


def holdings(datasets: Any, today: date) -> list[Holdings]:
    """By department, what has most late datasets first. Two queries, however many datasets and departments."""
    known = {state: condition for state, condition in conditions(today).items() if state != FreshnessState.UNKNOWN}
    branches = [When(condition, then=Value(state.value)) for state, condition in known.items()]
    state = Case(*branches, default=Value(FreshnessState.UNKNOWN.value), output_field=CharField())
    counts: dict[UUID | None, Counter[str]] = defaultdict(Counter)
    for owner, code, number in datasets.order_by().values_list("owner_org", state).annotate(number=Count("pk")):
        counts[owner][code] = number
    organizations = Organization.objects.in_bulk([owner for owner in counts if owner])
    found = [Holdings(organizations.get(owner) if owner else None, counts[owner]) for owner in counts]
    return sorted(found, key=lambda each: (-each.counts[FreshnessState.LATE], str(each.organization or "")))


def added_up(found: Sequence[Holdings]) -> dict[FreshnessState, int]:
    return {state: sum(each.counts[state] for each in found) for state in FreshnessState}


def in_state(datasets: Any, state: FreshnessState, today: date) -> Any:
    """The datasets in a state with what a line shows, the longest without an update first."""
    found = datasets.filter(conditions(today)[state]).select_related("owner_org")
    return found.order_by("updated_on", "id")


def lines(datasets: Iterable[Dataset], today: date) -> list[Line]:
    return [_line(dataset, today) for dataset in datasets]


def _line(dataset: Dataset, today: date) -> Line:
    updated_on = dataset.date_modified or dataset.date_published
    found = freshness(frequency=dataset.frequency, updated_on=updated_on, today=today)
    label = terms.label("frequency", dataset.frequency) if dataset.frequency else ""
    return Line(dataset, label, updated_on, found)
