"""A page of search results with everything that it shows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opengov.dates import date_text

from ..extent_map import CANADA, ExtentMap, extent_map
from .cards import DatasetCard, cards_of
from .search import DATES, FACETS, SORTS, Box, DateRange, FacetCount, SearchAnswer, SearchRequest

SHOWN = 7
MOST_EXPORTED = 1_000
OPEN_AT_FIRST = ("organization", "subject", "format")
FACET_LABELS = {
    "organization": gettext_lazy("Organization"),
    "subject": gettext_lazy("Subject"),
    "format": gettext_lazy("Format"),
    "resource_type": gettext_lazy("Type of resource"),
    "collection": gettext_lazy("Collection"),
    "jurisdiction": gettext_lazy("Jurisdiction"),
    "frequency": gettext_lazy("Update frequency"),
    "license": gettext_lazy("Licence"),
    "openness": gettext_lazy("Openness"),
    "language": gettext_lazy("Language of the files"),
    "region": gettext_lazy("Region"),
}
DATE_LABELS = {
    "published": gettext_lazy("Date published"),
    "modified": gettext_lazy("Date modified"),
    "covers": gettext_lazy("Period covered"),
}
Label = str | Promise


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet as a fold: its most frequent choices, with every chosen one, and the rest behind “show more”."""

    name: str
    label: Label
    shown: list[FacetCount]
    more: list[FacetCount]
    selected_count: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class DateFilter:
    name: str
    label: Label
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the same search without it."""

    facet: Label
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    title: str
    answer: SearchAnswer
    cards: list[DatasetCard]
    groups: list[FacetGroup]
    dates: list[DateFilter]
    chips: list[Chip]
    page: "Page[Any]"
    page_range: Iterator[int | str]
    sorts: list[tuple[str, Label]]
    area: ExtentMap
    cleared_url: str
    suggestion_url: str
    wider_url: str
    feed_url: str
    query_string: str
    most_exported: int


def results_page(answer: SearchAnswer) -> ResultsPage:
    """The answer as the page shows it: two more queries, however many results."""
    asked = answer.request
    paginator = Paginator(range(answer.pages * asked.rows), asked.rows)
    return ResultsPage(
        title=title_of(asked),
        answer=answer,
        cards=cards_of(answer.ids),
        groups=[_group(name, answer.facets[name]) for name in FACETS if answer.facets[name]],
        dates=[_date_filter(asked, name) for name in DATES],
        chips=list(_chips(answer)),
        page=paginator.page(answer.page),
        page_range=paginator.get_elided_page_range(answer.page, on_each_side=2, on_ends=1),
        sorts=[(code, label) for code, label in SORTS.items() if code != "relevance" or asked.has_words],
        area=_area(asked.box),
        cleared_url=url_of(asked.cleared()),
        suggestion_url=url_of(asked.asking(answer.suggestion)) if answer.suggestion else "",
        wider_url=url_of(_wider(asked)) if asked.text else "",
        feed_url=reverse("datasets:feed-results") + asked.at(1).query_string().rstrip("?"),
        query_string=asked.at(1).query_string(),
        most_exported=MOST_EXPORTED,
    )


def url_of(asked: SearchRequest) -> str:
    """The address of a search."""
    return reverse("datasets:dataset-list") + asked.query_string().rstrip("?")


def title_of(asked: SearchRequest) -> str:
    """What a search is called in a list of feeds."""
    return _("Datasets: %(text)s") % {"text": asked.text} if asked.text else _("Datasets")


def _wider(asked: SearchRequest) -> SearchRequest:
    """The search without its words, to which relevance means nothing."""
    return replace(asked.asking(""), sort="modified" if asked.sort == "relevance" else asked.sort)


def _group(name: str, choices: list[FacetCount]) -> FacetGroup:
    shown = [choice for place, choice in enumerate(choices) if place < SHOWN or choice.is_selected]
    more = [choice for choice in choices if choice not in shown]
    if len(more) == 1:
        shown, more = choices, []
    selected = sum(choice.is_selected for choice in choices)
    return FacetGroup(name, FACET_LABELS[name], shown, more, selected, bool(selected) or name in OPEN_AT_FIRST)


def _date_filter(asked: SearchRequest, name: str) -> DateFilter:
    days = asked.dates.get(name, DateRange(None, None))
    return DateFilter(name, DATE_LABELS[name], *(day.isoformat() if day else "" for day in (days.first, days.last)))


def _area(box: Box | None) -> ExtentMap:
    return extent_map(box.west, box.south, box.east, box.north) if box else ExtentMap(CANADA, ())


def _chips(answer: SearchAnswer) -> Iterator[Chip]:
    asked = answer.request
    for facet, codes in asked.filters.items():
        labels = {choice.code: choice.label for choice in answer.facets[facet]}
        for code in codes:
            yield Chip(FACET_LABELS[facet], labels.get(code, code), url_of(asked.toggled(facet, code)))
    for name, days in asked.dates.items():
        kept = {other: kept for other, kept in asked.dates.items() if other != name}
        yield Chip(DATE_LABELS[name], _days(days), url_of(replace(asked, dates=kept, page=1)))
    if asked.box:
        yield Chip(_("Area"), str(asked.box).replace(",", ", "), url_of(replace(asked, box=None, page=1)))


def _days(days: DateRange) -> str:
    if days.first and days.last:
        return _("%(first)s to %(last)s") % {"first": date_text(days.first), "last": date_text(days.last)}
    if days.first:
        return _("from %(day)s") % {"day": date_text(days.first)}
    return _("until %(day)s") % {"day": date_text(days.last)} if days.last else ""
