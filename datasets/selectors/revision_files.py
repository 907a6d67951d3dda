"""The files and addresses of a record as its revision will leave them: what its department and the portal's staff open."""

from dataclasses import replace

from django.urls import reverse

from ..models import Resource, Revision
from .differences import ChangedObject, Data, KeptFile
from .facts import web_url
from .resource_lines import ResourceLine, resource_line
from .working_copies import overlay_resource


def working_file(revision: Revision, sha256: str) -> Resource | None:
    """A resource that has this file once the revision is released; `None` where none will."""
    items = revision.items.exclude(resource_id=None)
    if item := items.filter(data__hash=sha256).first():
        row = Resource(pk=item.resource_id, dataset=revision.dataset)
        overlay_resource(row, item.data or {})
        return row
    rows = Resource.objects.filter(dataset=revision.dataset_id, sha256=sha256).exclude(file="")
    return rows.exclude(pk__in=items.values("resource_id")).first()


def line_of(revision: Revision, row: Resource) -> ResourceLine:
    """The line of a resource of the working copy; it leads to the bytes that will be public, or to their outside address."""
    url = _url(revision, row.sha256) if row.sha256 else web_url(row.url)
    return replace(resource_line(row, revision.dataset.name), url=url, download_url=url, has_preview=False)


def opened(revision: Revision, changed: ChangedObject, before: Data | None, after: Data, note: str = "") -> ChangedObject:
    """The resource with a way to the file or address that it has now and did not have before."""
    old, digest, address = before or {}, after.get("hash"), web_url(after.get("url") or "")
    if digest and digest != old.get("hash"):
        file = KeptFile(_url(revision, digest), after.get("filename", ""), digest, after.get("size"), None, note)
        return replace(changed, file=file)
    return replace(changed, link=address) if address and address != old.get("url") else changed


def _url(revision: Revision, sha256: str) -> str:
    return reverse("datasets:revision-file", args=[revision.pk, sha256])
