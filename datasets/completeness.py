"""What a record owes and does not say. An imported one is shown all the same, with this list."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Dataset, Resource

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


def missing(dataset: Dataset, resources: Iterable[Resource]) -> list[Label]:
    """The names of what the schema requires and the record lacks; `resources` are its own, or some of them."""
    lacks = [label for field, label in OWED if not getattr(dataset, field)]
    resources = list(resources)
    if not resources:
        return [*lacks, _("resources")]
    return lacks + [label for field, label in OWED_BY_RESOURCES if not all(getattr(row, field) for row in resources)]
