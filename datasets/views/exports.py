"""Search results for machines: CSV and JSON."""

import csv
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language

from opengov.caching import public_page
from opengov.csv_files import FORMULA_STARTS

from ..counters import count
from ..enums import Counted
from ..selectors.cards import DatasetCard, cards_of
from ..selectors.results import MOST_EXPORTED
from ..selectors.search import ROWS, SearchRequest, read, search

FORMATS = ("csv", "json")


@public_page()
def results_export(request: HttpRequest, format: str) -> HttpResponse:
    """The first `MOST_EXPORTED` results of a search in the reader's language, in its order. A wrong query string: 400."""
    if format not in FORMATS:
        raise Http404
    asked = read(request.GET, get_language() or "en")
    if asked.errors:
        return JsonResponse({"errors": {error.parameter: str(error.message) for error in asked.errors}}, status=400)
    count(Counted.API_CALL, request)
    total, found = _found(asked)
    rows = [_row(card) for card in found]
    if format == "json":
        return JsonResponse({"count": total, "results": rows}, json_dumps_params={"ensure_ascii": False})
    return _csv(rows)


def _found(asked: SearchRequest) -> tuple[int, list[DatasetCard]]:
    cards: list[DatasetCard] = []
    for page in range(1, MOST_EXPORTED // max(ROWS) + 1):
        answer = search(replace(asked, rows=max(ROWS), page=page), with_facets=False)
        cards += cards_of(answer.ids)
        if not answer.has_next:
            break
    return answer.total, cards


def _row(card: DatasetCard) -> dict[str, Any]:
    return {
        "id": str(card.id),
        "title": card.title.value,
        "organization": card.organization,
        "modified": card.modified_on.isoformat(),
        "formats": list(card.formats),
        "resources": card.resource_count,
        "openness": card.openness,
        "url": settings.SITE_URL + card.url,
    }


def _csv(rows: list[dict[str, Any]]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="datasets.csv"'
    columns = ["id", "title", "organization", "modified", "formats", "resources", "openness", "url"]
    writer = csv.DictWriter(response, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return response


def _cell(value: Any) -> str:
    """As text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
