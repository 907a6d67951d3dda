"""Keep the bytes of a resource in the storage, under the hash of their content."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from ..models.resources import path_of


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where bytes stand in the storage, and what a resource says of them."""

    path: str
    sha256: str
    size: int


def store_upload(upload: UploadedFile) -> StoredFile:
    """Put an uploaded file into the storage, read in parts.

    A file of another size under the same hash was left by a process that was stopped while it wrote: it is replaced.
    """
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    path, size = path_of(digest.hexdigest()), upload.size or 0
    if default_storage.exists(path) and default_storage.size(path) != size:
        default_storage.delete(path)
    if not default_storage.exists(path):
        upload.seek(0)
        default_storage.save(path, upload)
    return StoredFile(path, digest.hexdigest(), size)


def store(content: bytes) -> StoredFile:
    """Put bytes into the storage. Bytes that are there already are not written again."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return StoredFile(path, digest, len(content))
