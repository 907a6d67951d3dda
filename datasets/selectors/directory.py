"""The ways into the catalogue beside the search: its organizations and its subjects."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language

from accounts.models import Organization

from ..enums import Vocabulary
from . import terms
from .addresses import search_url
from .cards import DatasetCard, cards_of
from .search import FacetCount, SearchRequest, search
from .texts import Text, alphabetical, text_of

NEWEST = 5
SHOWN = 12


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """An organization as one line of the list."""

    url: str
    title: Text
    acronym: str
    jurisdiction: str
    is_active: bool
    datasets: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject and the number of its public datasets; `code` is also the name of its icon."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Share:
    """What one organization or one subject has in the catalogue.

    Attributes:
        total: number of its public datasets; `url` leads to them.
        newest: the last released.
        facets: `organization`, `subject` and `format` to its most frequent choices, as searches within it.
    """

    total: int
    url: str
    newest: list[DatasetCard]
    facets: dict[str, list[Link]]


def organizations(*, text: str = "", jurisdiction: str = "", with_none: bool = False) -> list[OrganizationLine]:
    """The organizations by title. One search, and two queries.

    Args:
        text: words that must each begin a word of the title or an acronym, present or former, in either language.
            Case and accents do not matter.
        jurisdiction: a code of the vocabulary, or nothing for all.
        with_none: also those without a public dataset.
    """
    counts = _counts("organization")
    rows = Organization.objects.defer("description", "extras").order_by()
    if jurisdiction:
        rows = rows.filter(jurisdiction=jurisdiction)
    words = alphabetical(text).split()
    found = [_line(row, counts.get(row.name, 0)) for row in rows if (with_none or row.name in counts) and _has(row, words)]
    return sorted(found, key=lambda line: alphabetical(line.title.value))


def by_letter(lines: Iterable[OrganizationLine]) -> list[tuple[str, list[OrganizationLine]]]:
    """The lines under the letters that they begin with; `#` for those that begin with none."""
    return [(letter, list(group)) for letter, group in groupby(lines, key=_letter)]


def share_of(facet: str, code: str) -> Share:
    """What the organization, or the subject, of this code has. One search, and two queries."""
    language = get_language() or "en"
    answer = search(SearchRequest(language=language, filters={facet: (code,)}, sort="published", rows=10))
    others = [name for name in ("organization", "subject", "format") if name != facet]
    return Share(
        total=answer.total,
        url=search_url(**{facet: code}),
        newest=cards_of(answer.ids[:NEWEST]),
        facets={name: _links(facet, code, name, answer.facets[name]) for name in others},
    )


def subjects() -> list[Subject]:
    """The subjects of the vocabulary by label. One search."""
    counts = _counts("subject")
    choices = terms.choices(Vocabulary.SUBJECT).values()
    found = [Subject(choice.code, choice.label, counts.get(choice.code, 0)) for choice in choices]
    return sorted(found, key=lambda subject: alphabetical(subject.label))


def _counts(facet: str) -> dict[str, int]:
    """How many public datasets each choice of the facet has; those with none are left out."""
    answer = search(SearchRequest(language=get_language() or "en", rows=10))
    return {choice.code: choice.count for choice in answer.facets[facet]}


def _has(row: Organization, words: list[str]) -> bool:
    names = [row.title_en, row.title_fr, row.shortform_en, row.shortform_fr, row.name.replace("-", " "), *row.former_acronyms]
    present = alphabetical(" ".join(name for name in names if name).replace("-", " ").replace("’", " ").replace("'", " ")).split()
    return all(any(one.startswith(word) for one in present) for word in words)


def _line(row: Organization, datasets: int) -> OrganizationLine:
    title, acronym = text_of(row, "title"), text_of(row, "shortform").value
    return OrganizationLine(
        url=row.get_absolute_url(),
        title=title,
        acronym=acronym if acronym != title.value else "",
        jurisdiction=terms.label(Vocabulary.JURISDICTION, row.jurisdiction),
        is_active=row.is_active,
        datasets=datasets,
    )


def _letter(line: OrganizationLine) -> str:
    first = alphabetical(line.title.value)[:1].upper()
    return first if first.isalpha() else "#"


def _links(facet: str, code: str, name: str, choices: list[FacetCount]) -> list[Link]:
    busiest = [choice for choice in choices if choice.count][:SHOWN]
    return [Link(choice.label, choice.count, search_url(**{facet: code, name: choice.code})) for choice in busiest]
