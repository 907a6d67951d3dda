"""How a dataset is related to others, seen from its side: what it says itself, and the inverse of what others say."""

from dataclasses import dataclass

from django.db.models import Q

from ..enums import INVERSE_RELATIONSHIPS
from ..models import Dataset, Relationship
from ..models.datasets import public_now
from . import terms
from .facts import web_url
from .texts import Text, other_language, text_of

SHOWN = ("name", "title_en", "title_fr")


@dataclass(frozen=True, slots=True)
class Related:
    kind: str
    title: Text
    url: str
    is_external: bool


def related_to(row: Dataset) -> list[Related]:
    """The relationships of the dataset, those with what is not public left out; one query."""
    own = Q(dataset=row) & (Q(target=None) | public_now("target__"))
    rows = (
        Relationship.objects.filter(own | Q(target=row) & public_now("dataset__"))
        .select_related("dataset", "target")
        .only("kind", "url", "url_fr", *(f"{side}__{column}" for side in ("dataset", "target") for column in SHOWN))
    )
    found: dict[tuple[str, str], Related] = {}
    for relationship in rows:
        related = _seen_from(row, relationship)
        found.setdefault((related.kind, related.url or str(related.title)), related)
    return list(found.values())


def _seen_from(row: Dataset, relationship: Relationship) -> Related:
    if relationship.dataset_id != row.pk:
        kind = INVERSE_RELATIONSHIPS.get(relationship.kind, relationship.kind)
        return _to(kind, relationship.dataset)
    if relationship.target:
        return _to(relationship.kind, relationship.target)
    kind = terms.label("relationship_kind", relationship.kind)
    url = (relationship.url_fr if other_language() == "en" else "") or relationship.url
    return Related(kind, Text(url), web_url(url), is_external=True)


def _to(kind: str, other: Dataset) -> Related:
    title = text_of(other, "title") or Text(other.name)
    return Related(terms.label("relationship_kind", kind), title, other.get_absolute_url(), is_external=False)
