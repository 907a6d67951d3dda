"""What a record owes and does not say. An imported one is shown all the same, with this list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Dataset
from .plain_text import says_something

Label = str | Promise
OWED: tuple[tuple[str, Label], ...] = (
    ("title_en", _("title in English")),
    ("title_fr", _("title in French")),
    ("notes_en", _("description in English")),
    ("notes_fr", _("description in French")),
    ("keywords_en", _("keywords in English")),
    ("keywords_fr", _("keywords in French")),
    ("owner_org", _("publisher")),
    ("subject", _("subject")),
    ("frequency", _("frequency of updates")),
    ("date_published", _("date of publication")),
    ("license_id", _("licence")),
)
OWED_BY_RESOURCES: tuple[tuple[str, Label], ...] = (
    ("format", _("format of some resources")),
    ("language", _("language of some resources")),
    ("resource_type", _("type of some resources")),
)


def is_openness_known(dataset: Dataset, resources: int) -> bool:
    """Whether the openness of a record says anything: it is that of resources, and under a licence."""
    return bool(dataset.license_id and resources)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that a record owes: the column of the record that holds it (`resources` for what its resources owe), its name."""

    field: str
    label: Label
    is_there: bool


class Described(Protocol):
    """A resource, or as much of it as is asked of here."""

    @property
    def format(self) -> str: ...
    @property
    def language(self) -> list[str]: ...
    @property
    def resource_type(self) -> str: ...


def checked(dataset: Dataset, resources: Iterable[Described]) -> list[Owed]:
    """All that a record owes."""
    resources = list(resources)
    found = [Owed(field, label, says_something(getattr(dataset, field))) for field, label in OWED]
    found.append(Owed("resources", _("resources"), bool(resources)))
    if resources:
        found += [Owed("resources", label, all(getattr(row, field) for row in resources)) for field, label in OWED_BY_RESOURCES]
    return found


def missing(dataset: Dataset, resources: Iterable[Described]) -> list[Label]:
    """The names of what the schema requires and the record lacks; `resources` are its own, or some of them."""
    return [each.label for each in checked(dataset, resources) if not each.is_there]
