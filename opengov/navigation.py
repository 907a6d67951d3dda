"""The portal's standing links: the main navigation and the columns of the footer."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAIN = [
    (_("Datasets"), "datasets:dataset-list"),
    (_("Organizations"), "datasets:organization-list"),
    (_("Subjects"), "datasets:subject-list"),
    (_("About"), "about"),
]
FOOTER = [
    (_("Catalogue"), MAIN[:3]),
    (
        _("This portal"),
        [
            (_("About"), "about"),
            (_("Licence"), "licence"),
            (_("Statistics"), "statistics"),
            (_("Contact us"), "feedback"),
        ],
    ),
]


@dataclass(frozen=True)
class Link:
    """`current` is the value of `aria-current`: "page", "true" for a page below it, or nothing."""

    label: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Column:
    title: str
    links: list[Link]


def _links(entries: Sequence[tuple[Promise, str]], path: str) -> list[Link]:
    found = []
    for label, name in entries:
        with suppress(NoReverseMatch):
            url = reverse(name)
            found.append(Link(str(label), url, "page" if path == url else "true" if path.startswith(url) else ""))
    return found


def main_links(path: str) -> list[Link]:
    """The main navigation, with the entry that the page at `path` is in marked as current."""
    return _links(MAIN, path)


def footer_columns() -> list[Column]:
    return [Column(str(title), _links(entries, "")) for title, entries in FOOTER]
