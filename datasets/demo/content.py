"""The content of the demonstration, read from `content/*.yaml`: one file for each department.

A dataset's `table` says what its data files hold: the product of its dimensions, with measures between believable bounds.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, NamedTuple

import yaml

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, Language] = ("en", "fr")
DIMENSIONS = {"year", "quarter", "month", "day", "province", "city", "choice", "serial", "place"}
MEASURES = {"integer", "decimal", "percent", "money", "flag", "date", "text"}


class ContentError(Exception):
    """A file of the content does not keep to the format; says where."""


class Text(NamedTuple):
    """The same words in both languages."""

    en: str
    fr: str

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.fr


class Keywords(NamedTuple):
    """A list for each language: they are no translations of one another."""

    en: list[str]
    fr: list[str]


@dataclass(frozen=True, slots=True)
class Place:
    name: Text
    latitude: float
    longitude: float
    province: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Which of the optional fields it has goes by its kind.

    Attributes:
        start: first year, quarter, month or day of a dimension of time (`2019`, `2023-Q1`, `2024-01`, `2026-10-01`).
        values: the members of a choice, or what a text is picked from.
        weights: how large the values of a choice are beside one another, where that is to show.
        steps: `year` or `month` where the values of a choice follow one another in time (`2023-24`, `January`).
        has_total: the first value of a choice adds up the others (or is their mean, where the measure is no count).
        is_summery: a figure that is highest in July, as temperatures are.
    """

    id: str
    name: Text
    kind: str
    start: str = ""
    count: int = 0
    only: tuple[str, ...] = ()
    values: tuple[Text, ...] = ()
    places: tuple[Place, ...] = ()
    weights: tuple[float, ...] = ()
    steps: str = ""
    has_total: bool = False
    prefix: str = ""
    low: float = 0
    high: float = 0
    digits: int = 0
    is_summery: bool = False
    first: dt.date = dt.date.min
    last: dt.date = dt.date.min

    @property
    def is_dimension(self) -> bool:
        return self.kind in DIMENSIONS

    @property
    def is_text(self) -> bool:
        """Whether its cells differ by language."""
        return self.kind in {"province", "city", "choice", "place", "text"}


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and groups of measures that rise in each row (a minimum, a mean, a maximum)."""

    columns: tuple[Column, ...]
    rising: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class Link:
    """A resource that is an address, not a file."""

    url: str
    format: str
    type: str
    name: Text


@dataclass(frozen=True, slots=True)
class Withdrawal:
    date: dt.date
    reason: Text
    successor: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset of the demonstration: public, but for drafts and what was withdrawn."""

    slug: str
    title: Text
    description: Text
    keywords: Keywords
    collection: str
    subject: list[str]
    audience: list[str]
    frequency: str
    published: dt.date
    modified: dt.date
    coverage: tuple[dt.date, dt.date] | None
    region: list[str]
    box: tuple[float, float, float, float] | None
    series: Text | None
    section: Text | None
    program_page: Text | None
    relations: tuple[Relation, ...]
    machine_translated: str
    table: Table
    files: tuple[str, ...]
    has_guide: bool
    links: tuple[Link, ...]
    is_draft: bool
    withdrawal: Withdrawal | None


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    title: Text
    shortform: Text
    former_acronyms: list[str]
    description: Text
    email: str
    entries: tuple[Entry, ...]


def read_departments() -> tuple[Department, ...]:
    """The whole content, by department in alphabetical order.

    Raises:
        ContentError: a file lacks a key, has one too many, or a value of another shape.
    """
    files = sorted((f for f in _folder().iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(_whole(file.name, _parsed(file.read_bytes()), _department) for file in files)


def _parsed(content: bytes) -> Any:
    """The parser in C where the wheel has it: a second for the whole content, not ten."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(content, Loader=loader)  # noqa: S506


def _folder() -> Any:
    return resources.files("datasets.demo").joinpath("content")


def _whole(where: str, raw: Any, build: Callable[[dict[str, Any]], Any]) -> Any:
    """Build from a mapping, each key of which must be taken (`pop`) by the builder."""
    if not isinstance(raw, Mapping):
        raise ContentError(f"{where}: a mapping is expected, not {raw!r:.60}")
    left = dict(raw)
    try:
        built = build(left)
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(f"{where}: {type(error).__name__} {error}") from error
    if left:
        raise ContentError(f"{where}: unknown {', '.join(map(str, left))}")
    return built


def _text(raw: Mapping[str, str]) -> Text:
    english, french = raw["en"], raw["fr"]
    if not isinstance(english, str) or not isinstance(french, str):
        raise TypeError(f"text is expected, not {raw}")
    return Text(english.strip(), french.strip())


def _text_or_none(raw: Mapping[str, str] | None) -> Text | None:
    return _text(raw) if raw else None


def _texts(raw: Mapping[str, list[str]]) -> tuple[Text, ...]:
    return tuple(_text({"en": en, "fr": fr}) for en, fr in zip(raw["en"], raw["fr"], strict=True))


def _department(raw: dict[str, Any]) -> Department:
    head = raw.pop("organization")
    entries = tuple(_whole(str(entry.get("slug")), entry, _entry) for entry in raw.pop("datasets"))
    return Department(
        name=head["name"],
        title=_text(head["title"]),
        shortform=_text(head["shortform"]),
        former_acronyms=head.get("former_acronyms", []),
        description=_text(head["description"]),
        email=head["email"],
        entries=entries,
    )


def _entry(raw: dict[str, Any]) -> Entry:
    keywords = raw.pop("keywords")
    coverage, box = raw.pop("coverage", None), raw.pop("box", None)
    return Entry(
        slug=raw.pop("slug"),
        title=_text(raw.pop("title")),
        description=_text(raw.pop("description")),
        keywords=Keywords([str(word) for word in keywords["en"]], [str(word) for word in keywords["fr"]]),
        collection=raw.pop("collection"),
        subject=raw.pop("subject"),
        audience=raw.pop("audience", []),
        frequency=raw.pop("frequency"),
        published=raw.pop("published"),
        modified=raw.pop("modified"),
        coverage=(coverage[0], coverage[1]) if coverage else None,
        region=raw.pop("region", []),
        box=(box[0], box[1], box[2], box[3]) if box else None,
        series=_text_or_none(raw.pop("series", None)),
        section=_text_or_none(raw.pop("section", None)),
        program_page=_text_or_none(raw.pop("program_page", None)),
        relations=tuple(Relation(relation["kind"], relation["to"]) for relation in raw.pop("relations", [])),
        machine_translated=raw.pop("machine_translated", ""),
        table=_table(raw.pop("table")),
        files=tuple(raw.pop("files")),
        has_guide=raw.pop("guide", False),
        links=tuple(Link(link["url"], link["format"], link["type"], _text(link["name"])) for link in raw.pop("links", [])),
        is_draft=raw.pop("draft", False),
        withdrawal=_withdrawal(raw.pop("withdrawn", None)),
    )


def _withdrawal(raw: Mapping[str, Any] | None) -> Withdrawal | None:
    return Withdrawal(raw["date"], _text(raw["reason"]), raw.get("successor", "")) if raw else None


def _table(raw: dict[str, Any]) -> Table:
    return Table(
        columns=tuple(_whole(f"column {column.get('id')}", column, _column) for column in raw["columns"]),
        rising=tuple(tuple(group) for group in raw.get("rising", [])),
    )


def _column(raw: dict[str, Any]) -> Column:
    kind = raw.pop("kind")
    if kind not in DIMENSIONS | MEASURES:
        raise ValueError(f"unknown kind {kind}")
    named = {"id": raw.pop("id"), "name": _text(raw.pop("name")), "kind": kind}
    if kind == "place":
        return Column(**named, places=tuple(_place(place) for place in raw.pop("values")))
    if kind in {"choice", "text"}:
        return _choice(raw, named)
    if kind == "date":
        return Column(**named, first=raw.pop("from"), last=raw.pop("to"))
    if "from" in raw:
        return Column(**named, start=str(raw.pop("from")), count=raw.pop("count"))
    numbers = {key: raw.pop(key) for key in ("count", "low", "high", "digits", "prefix") if key in raw}
    return Column(**named, only=tuple(raw.pop("only", ())), is_summery=raw.pop("summer", False), **numbers)


def _choice(raw: dict[str, Any], named: dict[str, Any]) -> Column:
    return Column(
        **named,
        values=_texts(raw.pop("values")),
        weights=tuple(raw.pop("weights", ())),
        steps=raw.pop("steps", ""),
        has_total=raw.pop("total", False),
    )


def _place(raw: dict[str, Any]) -> Place:
    return Place(_text(raw["name"]), float(raw["lat"]), float(raw["lon"]), raw["province"])
