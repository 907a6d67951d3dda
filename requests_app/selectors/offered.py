"""The datasets that may answer a request."""

from typing import Any

from datasets.enums import RevisionState
from datasets.models import Dataset, Revision
from datasets.selectors.search import SearchRequest, datasets_of, search

from ..models import DataRequest

MOST_FOUND = 8
MOST_RELEASED = 4


def offered_datasets(request: DataRequest, user: Any, *, words: str, chosen: str, language: str) -> list[Dataset]:
    """The one that is chosen, what the words find, and the department's last releases, the person's own first."""
    found = [*Dataset.objects.published().filter(name__in=[chosen, _name_in(words)])]
    if words.strip():
        asked = SearchRequest(text=words.strip(), language=language, sort="relevance", rows=10)
        found += datasets_of(search(asked, with_facets=False))[:MOST_FOUND]
    else:
        found += _released(request, user)
    return list({each.pk: each for each in found}.values())


def _released(request: DataRequest, user: Any) -> list[Dataset]:
    released = Revision.objects.filter(dataset__owner_org=request.organization_id, state=RevisionState.RELEASED)
    newest = list(released.order_by("-moved_at").values_list("dataset", flat=True)[: MOST_RELEASED * 3])
    own = set(released.filter(writers=user, dataset__in=newest).values_list("dataset", flat=True))
    order = sorted(dict.fromkeys(newest), key=lambda pk: pk not in own)
    public = Dataset.objects.published().in_bulk(order)
    return [public[pk] for pk in order if pk in public][:MOST_RELEASED]


def _name_in(words: str) -> str:
    """The name of a dataset, where the words are the address of its page."""
    return words.strip().rstrip("/").rpartition("/")[2].partition("?")[0]
