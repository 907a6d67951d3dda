"""What was asked of the search, read from a query string: everything it says is checked, nothing raises."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organization
from opengov.search.operators import has_words

from ..enums import Vocabulary
from . import terms

#: The facets, in the order of the page, each with its vocabulary; `organization` takes slugs, `openness` 1 to 5.
FACETS: Mapping[str, Vocabulary | None] = {
    "organization": None,
    "subject": Vocabulary.SUBJECT,
    "format": Vocabulary.FORMAT,
    "resource_type": Vocabulary.RESOURCE_TYPE,
    "collection": Vocabulary.COLLECTION,
    "jurisdiction": Vocabulary.JURISDICTION,
    "frequency": Vocabulary.FREQUENCY,
    "license": Vocabulary.LICENSE,
    "openness": None,
    "language": Vocabulary.LANGUAGE,
    "region": Vocabulary.GEOGRAPHIC_REGION,
}
DATES = ("published", "modified", "covers")
SORTS = {
    "relevance": gettext_lazy("Relevance"),
    "modified": gettext_lazy("Date modified"),
    "published": gettext_lazy("Date published"),
    "title": gettext_lazy("Title"),
    "popularity": gettext_lazy("Popularity"),
}
ROWS = (10, 20, 50, 100)
DEFAULT_ROWS = 20
DEEPEST_ROW = 10_000
LONGEST_TEXT = 300

Complain = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class ParameterError:
    """What was wrong with one parameter, and was therefore left out or set to the nearest that can be answered."""

    parameter: str
    message: str


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees; `west` greater than `east` crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        return ",".join(f"{side:g}" for side in (self.west, self.south, self.east, self.north))


@dataclass(frozen=True, slots=True)
class DateRange:
    """Both days belong to it; `None` leaves that side open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as understood. Made by `read`; `errors` say what of the query string was not: the page then answers 400.

    Attributes:
        text: the words as typed, trimmed; may be empty, which finds everything.
        language: `en` or `fr`: whose words, analysis, collation and labels.
        filters: facet to the chosen codes, for the facets of which any is chosen; one of them must be met, for each facet.
        dates: `published`, `modified`, `covers` to a range, for those that are asked for.
        sort: one of `SORTS`; relevance without a word to search for is `modified`.
        page: from 1.
    """

    text: str = ""
    language: str = "en"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    box: Box | None = None
    dates: Mapping[str, DateRange] = field(default_factory=dict)
    sort: str = "modified"
    page: int = 1
    rows: int = DEFAULT_ROWS
    errors: tuple[ParameterError, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether the text holds a word that says something: not only signs, operators and words like “the”."""
        return has_words(self.text, self.language)

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters or self.box or self.dates)

    def parameters(self) -> list[tuple[str, str]]:
        """The request as parameters of an address, in a fixed order, without what is the default."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, code) for facet in FACETS for code in self.filters.get(facet, ())]
        for name in DATES:
            if name in self.dates:
                ends = (("from", self.dates[name].first), ("to", self.dates[name].last))
                pairs += [(f"{name}_{end}", day.isoformat()) for end, day in ends if day]
        pairs += [("box", str(self.box))] if self.box else []
        pairs += [("sort", self.sort)] if self.sort != default_sort(self.text, self.language) else []
        pairs += [("rows", str(self.rows))] if self.rows != DEFAULT_ROWS else []
        return pairs + ([("page", str(self.page))] if self.page > 1 else [])

    def query_string(self) -> str:
        """The canonical query string, beginning with `?`: equal requests have equal ones."""
        return f"?{urlencode(self.parameters())}"

    def toggled(self, facet: str, code: str) -> "SearchRequest":
        """The request with this choice made, or unmade if it was; on its first page."""
        chosen = self.filters.get(facet, ())
        codes = tuple(c for c in chosen if c != code) if code in chosen else (*chosen, code)
        others = {name: kept for name, kept in self.filters.items() if name != facet}
        return replace(self, filters=others | ({facet: codes} if codes else {}), page=1)

    def cleared(self, facet: str | None = None) -> "SearchRequest":
        """The request without the choices of this facet; without any filter, if none is named. On its first page."""
        if facet is None:
            return replace(self, filters={}, dates={}, box=None, page=1)
        return replace(self, filters={name: codes for name, codes in self.filters.items() if name != facet}, page=1)

    def at(self, page: int) -> "SearchRequest":
        return replace(self, page=page)

    def asking(self, text: str) -> "SearchRequest":
        """The request with other words, for did-you-mean. On its first page."""
        return replace(self, text=text, page=1)


def default_sort(text: str, language: str) -> str:
    return "relevance" if has_words(text, language) else "modified"


def read(query: QueryDict, language: str) -> SearchRequest:
    """Understand a query string: `q`, the facets (repeatable), `published_from`, `published_to` and so on for `DATES`
    (YYYY, YYYY-MM or YYYY-MM-DD), `box` (west,south,east,north), `sort`, `page`, `rows`. Other parameters are ignored.
    """
    errors: list[ParameterError] = []

    def complain(parameter: str, message: str) -> None:
        errors.append(ParameterError(parameter, message))

    text = _text(query.get("q", ""), complain)
    rows = _rows(query.get("rows", ""), complain)
    return SearchRequest(
        text=text,
        language=language,
        filters=_filters(query, complain),
        box=_box(query.get("box", ""), complain),
        dates=_dates(query, complain),
        sort=_sort(query.get("sort", ""), default_sort(text, language), complain),
        page=_page(query.get("page", ""), rows, complain),
        rows=rows,
        errors=tuple(errors),
    )


def _text(value: str, complain: Complain) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", value)).split())
    if len(text) > LONGEST_TEXT:
        message = _("Your search is too long: only its first %(number)d characters were used.")
        complain("q", message % {"number": LONGEST_TEXT})
    return text[:LONGEST_TEXT].rstrip()


def _filters(query: QueryDict, complain: Complain) -> dict[str, tuple[str, ...]]:
    chosen = {facet: tuple(dict.fromkeys(query.getlist(facet))) for facet in FACETS if facet in query}
    known = {facet: _known(facet, codes) for facet, codes in chosen.items()}
    for facet, codes in chosen.items():
        for code in codes:
            if code and code not in known[facet]:
                complain(facet, _("“%(value)s” is not a choice of this filter, and was left out.") % {"value": code[:60]})
    kept = {facet: tuple(code for code in codes if code in known[facet]) for facet, codes in chosen.items()}
    return {facet: codes for facet, codes in kept.items() if codes}


def _known(facet: str, codes: Iterable[str]) -> set[str]:
    """Which of the codes there are."""
    vocabulary = FACETS[facet]
    if vocabulary is not None:
        return set(codes) & terms.choices(vocabulary).keys()
    if facet == "openness":
        return set(codes) & set("12345")
    clean = [code for code in codes if "\0" not in code]
    return set(Organization.objects.filter(name__in=clean).values_list("name", flat=True))


def _box(value: str, complain: Complain) -> Box | None:
    if not value.strip():
        return None
    try:
        west, south, east, north = (float(side) for side in value.split(","))
    except ValueError:
        complain("box", _("A box is four numbers separated by commas: west, south, east, north, in degrees."))
        return None
    on_earth = max(abs(west), abs(east)) <= 180 and -90 <= south <= north <= 90  # false for NaN too
    if not on_earth:
        complain("box", _("The box is not on the map: west and east go from -180 to 180, south to north from -90 to 90."))
        return None
    return Box(west, south, east, north)


def _dates(query: QueryDict, complain: Complain) -> dict[str, DateRange]:
    ranges: dict[str, DateRange] = {}
    for name in DATES:
        first = _day(query.get(f"{name}_from", ""), f"{name}_from", complain, at_end=False)
        last = _day(query.get(f"{name}_to", ""), f"{name}_to", complain, at_end=True)
        if first and last and first > last:
            complain(f"{name}_to", _("The last day comes before the first: these dates were left out."))
        elif first or last:
            ranges[name] = DateRange(first, last)
    return ranges


def _day(value: str, parameter: str, complain: Complain, *, at_end: bool) -> date | None:
    """A day of `2024-05-31`; the first or the last one of `2024-05` and `2024`."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", value.strip(), re.ASCII)
    try:
        if match:
            year, month, day = (int(part) if part else None for part in match.groups())
            month = month or (12 if at_end else 1)
            return date(year or 0, month, day or (monthrange(year or 0, month)[1] if at_end else 1))
    except ValueError:
        pass
    if value.strip():
        complain(parameter, _("“%(value)s” is not a date: write it as 2024-05-31, 2024-05 or 2024.") % {"value": value[:60]})
    return None


def _sort(value: str, default: str, complain: Complain) -> str:
    if value and value not in SORTS:
        complain("sort", _("“%(value)s” is not an order of results.") % {"value": value[:60]})
    return default if value not in SORTS or value == "relevance" else value


def _rows(value: str, complain: Complain) -> int:
    if value and value not in map(str, ROWS):
        complain("rows", _("The number of results on a page is 10, 20, 50 or 100."))
    return int(value) if value in map(str, ROWS) else DEFAULT_ROWS


def _page(value: str, rows: int, complain: Complain) -> int:
    if not value:
        return 1
    if not re.fullmatch(r"[1-9]\d{0,8}", value, re.ASCII):
        complain("page", _("A page is a number from 1."))
        return 1
    deepest = DEEPEST_ROW // rows
    if int(value) > deepest:
        complain("page", _("Only the first %(number)d results can be shown: narrow your search.") % {"number": DEEPEST_ROW})
    return min(int(value), deepest)
