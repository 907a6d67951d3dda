"""What else somebody who reads of a dataset may want."""

from dataclasses import dataclass
from uuid import UUID

from opengov.search.engine import engine

from ..models import Dataset
from .texts import Text, other_language, text_of

MOST = 5
COLUMNS = ("name", "title_en", "title_fr", "owner_org__name", "owner_org__title_en", "owner_org__title_fr")


@dataclass(frozen=True, slots=True)
class Similar:
    title: Text
    url: str
    organization: str


def similar_to(row: Dataset) -> list[Similar]:
    """The public datasets whose title and keywords are most like this one's, nearest first; one query."""
    language = "fr" if other_language() == "en" else "en"
    ids = [UUID(pk) for pk in engine().similar(str(row.pk), language, limit=MOST)]
    found = Dataset.objects.published().filter(pk__in=ids).select_related("owner_org").only(*COLUMNS).in_bulk()
    return [_similar(found[pk]) for pk in ids if pk in found]


def _similar(row: Dataset) -> Similar:
    organization = str(text_of(row.owner_org, "title")) if row.owner_org else ""
    return Similar(text_of(row, "title") or Text(row.name), row.get_absolute_url(), organization)
