"""The portal's standing links: the main navigation and the columns of the footer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAIN = [
    (_("Datasets"), "datasets:dataset-list"),
    (_("Organizations"), "datasets:organization-list"),
    (_("Subjects"), "datasets:subject-list"),
    (_("Requests"), "requests:request-list"),
    (_("About"), "datasets:about"),
]
FOOTER = [
    (_("Catalogue"), [*MAIN[:3], (_("Request a Dataset"), "requests:request-list")]),
    (
        _("This portal"),
        [
            (_("About"), "datasets:about"),
            (_("Licence"), "datasets:licence"),
            (_("Statistics"), "datasets:statistics"),
            (_("Contact us"), "datasets:contact"),
        ],
    ),
    (
        _("Using it"),
        [
            (_("Help with searching"), "datasets:help"),
            (_("Accessibility"), "datasets:accessibility"),
            (_("Privacy"), "datasets:privacy"),
            (_("New datasets (Atom feed)"), "datasets:feed-new"),
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
    found = [(label, reverse(name)) for label, name in entries]
    return [Link(str(label), url, "page" if path == url else "true" if path.startswith(url) else "") for label, url in found]


def main_links(path: str) -> list[Link]:
    """The main navigation, with the entry that the page at `path` is in marked as current."""
    return _links(MAIN, path)


def footer_columns() -> list[Column]:
    return [Column(str(title), _links(entries, "")) for title, entries in FOOTER]
