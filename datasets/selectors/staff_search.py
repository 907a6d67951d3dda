"""Finding records for the portal's staff, drafts and withdrawn ones among them, quickly in a catalogue of any size."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from opengov.search.engine import Query, engine

from ..enums import DatasetState
from ..models import Dataset

MOST = 200


def ids_of(text: str) -> set[UUID]:
    """The records that a text names: by identifier, by the beginning of the slug, by words of the title; 200 of each at most.

    The index knows what is public. What is not, a small part of a catalogue, is found by its titles in the database.
    """
    text = text.strip().replace("\0", "")
    try:
        return {UUID(text)}
    except ValueError:
        pass
    hits = [pk for language in ("en", "fr") for pk in engine().find(Query(text=text, language=language, limit=MOST)).ids]
    unseen = Dataset.objects.filter(
        Q(state__in=[DatasetState.DRAFT, DatasetState.WITHDRAWN])
        | Q(state=DatasetState.PUBLISHED, visible_from__gt=timezone.now())
    )
    named = Dataset.objects.filter(name__startswith=text.lower())
    titled = unseen.filter(Q(title_en__icontains=text) | Q(title_fr__icontains=text))
    return {
        *map(UUID, hits),
        *named.values_list("pk", flat=True)[:MOST],
        *titled.values_list("pk", flat=True)[:MOST],
    }
