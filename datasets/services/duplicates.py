"""Begin a record under a name of its own, also from another: the next year's edition, the neighbouring province."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext, override

from accounts.models import User

from ..ckan.fields import empty_columns
from ..models import Dataset, Revision
from . import revisions

LONGEST_NAME = Dataset._meta.get_field("name").max_length or 100
# What belongs to one record alone, or to its past.
OWN = (
    "digital_object_identifier", "isbn", "issn", "gc_catalogue_number", "departmental_identification_number",
    "pspc_identification_number", "file_id", "short_key", "date_published", "date_modified", "federated_date_modified",
    "portal_release_date", "org_title_at_publication_en", "org_title_at_publication_fr", "extras",
)  # fmt: skip


@transaction.atomic
def duplicate(*, dataset: Dataset, actor: User, now: datetime) -> Revision:
    """A new record with the description of another, without its dates, numbers and resources.

    Args:
        dataset: a row of a working copy, or of the catalogue.
    """
    columns = {name: getattr(dataset, name) for name in empty_columns(Dataset) if name not in OWN}
    new = Dataset(owner_org=dataset.owner_org, record_type=dataset.record_type, **columns)
    for language in ("en", "fr"):
        with override(language):
            if title := getattr(dataset, f"title_{language}"):
                # Translators: the title of a new record that was made from another.
                setattr(new, f"title_{language}", gettext("Copy of %(title)s") % {"title": title})
    return begin(dataset=new, title=new.title_en or new.title_fr or dataset.name, actor=actor, now=now)


def begin(*, dataset: Dataset, title: str, actor: User, now: datetime) -> Revision:
    """A new record, named after its title; where somebody takes the name at the same moment, with the next one that is free.

    Raises:
        ValidationError: a field does not hold what it may.
    """
    while True:
        dataset.name = free_name(title)
        try:
            with transaction.atomic():
                return revisions.open_record(dataset=dataset, actor=actor, now=now)
        except (ValidationError, IntegrityError):
            if not Dataset.objects.filter(name=dataset.name).exists():
                raise


def free_name(title: str) -> str:
    """A slug for a title that no other record has."""
    stem = slugify(title)[: LONGEST_NAME - 6].strip("-") or "record"
    taken = set(Dataset.objects.filter(name__startswith=stem).values_list("name", flat=True))
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
