"""Keep the bytes of a resource in the storage, under the hash of their content."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ..models.resources import path_of


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where bytes stand in the storage, and what a resource says of them."""

    path: str
    sha256: str
    size: int


def store(content: bytes) -> StoredFile:
    """Put bytes into the storage. Bytes that are there already are not written again."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return StoredFile(path, digest, len(content))
