"""Write the demonstration's organizations and datasets into the catalogue, through the services that every import uses."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from accounts.models import Organization, User

from ..ckan.packages import read_package
from ..incoming import IncomingDataset
from ..models import Dataset
from ..services import relationships
from ..services.batches import Source, Tally, save_batch
from ..services.files import store
from ..services.publication import withdraw
from ..services.publishers import Publishers
from .content import Department, Entry, Keywords, Text
from .files import make_files
from .packages import dataset_id, moment, organization_id, package_of, resource_id

SOURCE = "Demonstration data / Données de démonstration"
TWO_YEARS = dt.timedelta(days=730)
END_OF_SENTENCE = re.compile(r"(?<=[.!?]) ")


def save_organization(department: Department) -> Organization:
    """Make the department's organization. One that is there already, from an import or an earlier run, stays as it is."""
    organization, _ = Organization.objects.get_or_create(
        name=department.name,
        defaults={
            "id": organization_id(department.name),
            "title_en": department.title.en,
            "title_fr": department.title.fr,
            "shortform_en": department.shortform.en,
            "shortform_fr": department.shortform.fr,
            "description_en": department.description.en,
            "description_fr": department.description.fr,
            "opengov_email": department.email,
            "former_acronyms": department.former_acronyms,
        },
    )
    return organization


def save_entry(department: Department, entry: Entry, publishers: Publishers) -> Tally:
    """Make a dataset with its files, or bring it up to date; what is just so already is left alone.

    A new one gets a history: some had earlier editions, shorter and with fewer files.
    """
    is_new = not Dataset.objects.filter(pk=dataset_id(entry.slug)).exists()
    tally = Tally()
    for edition in (*earlier_editions(entry), entry) if is_new else (entry,):
        source = Source(SOURCE, moment(edition, edition.modified))
        tally = save_batch([_record(department, edition)], source=source, publishers=publishers)
    return Tally(created=1, resources=tally.resources) if is_new else tally


def tie_up(entries: Sequence[Entry], actor: User) -> None:
    """What needs every dataset to be there: relationships find their target, and what was withdrawn is, with its successor."""
    relationships.link()
    datasets = Dataset.objects.in_bulk([dataset_id(entry.slug) for entry in entries])
    for entry in entries:
        if entry.withdrawal:
            withdraw(
                dataset=datasets[dataset_id(entry.slug)],
                reason_en=entry.withdrawal.reason.en,
                reason_fr=entry.withdrawal.reason.fr,
                successor=datasets.get(dataset_id(entry.withdrawal.successor)),
                actor=actor,
                now=moment(entry, entry.withdrawal.date),
            )


def earlier_editions(entry: Entry) -> Iterator[Entry]:
    """How a dataset of some age and size began, and what it was halfway; nothing for the others."""
    age = entry.modified - entry.published
    if entry.is_draft or not entry.has_guide or len(entry.files) < 3 or age < TWO_YEARS:
        return
    yield replace(
        entry,
        description=Text(*(END_OF_SENTENCE.split(text)[0] for text in entry.description)),
        keywords=Keywords(*(words[:3] for words in entry.keywords)),
        modified=entry.published,
        relations=(),
        files=entry.files[:1],
        has_guide=False,
        links=(),
    )
    yield replace(entry, modified=entry.published + age / 2, files=entry.files[:2], has_guide=False)


def _record(department: Department, entry: Entry) -> IncomingDataset:
    """The record, its files stored."""
    files = list(make_files(department, entry))
    record = read_package(package_of(department, entry, files))
    stored = {resource_id(entry.slug, file.filename): (file, store(file.content)) for file in files}
    for resource in record.resources:
        if resource.id in stored:
            file, kept = stored[resource.id]
            resource.columns |= {"file": kept.path, "sha256": kept.sha256, "size": kept.size, "filename": file.filename}
    return record
