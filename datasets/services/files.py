"""Keep the bytes of a resource in the storage, under the hash of their content."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.apps import apps
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import CharField
from django.utils import timezone

from ..models import Resource, RevisionItem, SignOff, Version
from ..models.resources import FILES, path_of

KEPT = timedelta(days=3)  # what is stored before it is named somewhere; the next step of its writer takes seconds
HASH_LENGTH = 64


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where bytes stand in the storage, and what a resource says of them."""

    path: str
    sha256: str
    size: int


def store(content: bytes) -> StoredFile:
    """Put bytes into the storage. Bytes that are there already are not written again."""
    return store_upload(ContentFile(content))


def store_upload(upload: File) -> StoredFile:
    """Put an uploaded file into the storage, read in parts.

    A file of another size under the same hash was left by a process that was stopped while it wrote: it is replaced. So is one
    that `discard_unused` might delete before its writer names it.
    """
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    path, size = path_of(digest.hexdigest()), upload.size or 0
    if default_storage.exists(path) and (default_storage.size(path) != size or _is_left_over(path, digest.hexdigest())):
        default_storage.delete(path)
    if not default_storage.exists(path):
        upload.seek(0)
        default_storage.save(path, upload)
    return StoredFile(path, digest.hexdigest(), size)


def discard_unused(*, now: datetime) -> int:
    """Delete the files that nothing names, and that were stored days ago: their writer was stopped. Returns how many."""
    used, found = set(_used()), 0
    for path in _stored():
        if path.rpartition("/")[2] not in used and default_storage.get_modified_time(path) < now - KEPT:
            default_storage.delete(path)
            found += 1
    return found


def _is_left_over(path: str, digest: str) -> bool:
    is_old = default_storage.get_modified_time(path) < timezone.now() - KEPT / 2
    return is_old and not (Resource.objects.filter(sha256=digest).exists() or Version.objects.filter(data__hash=digest).exists())


def _stored() -> Iterator[str]:
    for folder in _listed(FILES, 0):
        for name in _listed(f"{FILES}/{folder}", 1):
            yield f"{FILES}/{folder}/{name}"


def _listed(folder: str, kind: int) -> list[str]:
    """The folders (0) or files (1) in it; none where it was never made."""
    try:
        return sorted(default_storage.listdir(folder)[kind])
    except FileNotFoundError:
        return []


def _used() -> Iterator[str]:
    """Every hash that names a file: in any column that is as wide as one, but for those of metadata; in versions and items."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField) and field.max_length == HASH_LENGTH and not field.name.endswith("_hash"):
                yield from model._default_manager.order_by().values_list(field.attname, flat=True).distinct().iterator()
    for kept in (Version, RevisionItem):
        yield from kept.objects.filter(data__hash__isnull=False).order_by().values_list("data__hash", flat=True).iterator()
    for items in SignOff.objects.values_list("items", flat=True).iterator():
        yield from (data["hash"] for data in items.values() if data and data.get("hash"))
