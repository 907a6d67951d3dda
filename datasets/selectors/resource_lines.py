"""A resource as one line of a dataset's page."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import reverse

from ..models import Resource
from ..previews import can_preview
from . import terms
from .texts import Text, text_of


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """`host`: where the file lies, if not with us; `download_url` counts, and leads there or gives the file."""

    id: UUID
    url: str
    download_url: str
    title: Text
    description: Text
    format: str
    kind: str
    languages: str
    size: int | None
    published_on: date | None
    host: str
    has_preview: bool


def resource_line(row: Resource, dataset_name: str) -> ResourceLine:
    """The line of a resource of this dataset, without a query."""
    address = [dataset_name, row.pk]
    return ResourceLine(
        id=row.pk,
        url=reverse("datasets:resource-detail", args=address),
        download_url=reverse("datasets:resource-download", args=address) if row.file or row.url else "",
        title=text_of(row, "name") or Text(row.filename or row.url or terms.label("format", row.format) or str(row.pk)),
        description=text_of(row, "description"),
        format=terms.label("format", row.format) if row.format else "",
        kind=terms.label("resource_type", row.resource_type) if row.resource_type else "",
        languages=", ".join(terms.label("language", code) for code in row.language),
        size=row.size,
        published_on=row.date_published,
        host="" if row.file else host_of(row.url),
        has_preview=can_preview(row),
    )


def host_of(url: str) -> str:
    """The host that an address leads to; nothing for an address that cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
