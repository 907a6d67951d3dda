"""Take a large file in parts, so that what breaks off goes on where it stopped."""

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction

from accounts.models import User

from ..errors import PartDamaged, PartOutOfPlace
from ..models import Revision, Upload

PART_BYTES = 4 * 1024 * 1024  # less than `DATA_UPLOAD_MAX_MEMORY_SIZE`
KEPT = timedelta(days=3)
FOLDER = "uploads"


def begin(*, revision: Revision, actor: User, filename: str, size: int, fingerprint: str, now: datetime) -> Upload:
    """The upload of this file: the one that was begun already, or a new one."""
    values = {"filename": filename, "size": size, "fingerprint": fingerprint}
    return Upload.objects.get_or_create(revision=revision, actor=actor, **values, defaults={"started_at": now})[0]


@transaction.atomic
def append(*, upload: Upload, offset: int, content: bytes, digest: str = "") -> Upload:
    """Keep the next part. It counts once it is on storage: a part that was cut off is sent again and written over.

    Args:
        digest: of the part, as the header `Content-Digest` writes it (RFC 9530); empty where the sender cannot say.

    Raises:
        PartOutOfPlace: it does not begin where the last one ended, or goes past the end of the file.
        PartDamaged: see there.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if offset != upload.received or offset + len(content) > upload.size:
        raise PartOutOfPlace(upload.received)
    if digest and digest != content_digest(content):
        raise PartDamaged
    path = f"{FOLDER}/{upload.pk}/{offset:020d}"
    default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
    upload.received += len(content)
    upload.save(update_fields=["received"])
    return upload


def content_digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def assembled(upload: Upload) -> UploadedFile:
    """The file as if it had come at once, in a temporary file that goes when it is closed.

    Raises:
        PartOutOfPlace: it is not whole yet.
    """
    if not upload.is_whole:
        raise PartOutOfPlace(upload.received)
    file = TemporaryUploadedFile(upload.filename, "application/octet-stream", upload.size, None)
    for path in _parts(upload):
        with default_storage.open(path) as part:
            for chunk in part.chunks():
                file.write(chunk)
    file.seek(0)
    return file


def discard(upload: Upload) -> None:
    """Delete the parts and the record of them."""
    _delete(str(upload.pk))
    upload.delete()


def discard_old(*, now: datetime) -> int:
    """Delete what was begun days ago and never used, and parts whose upload is gone. Returns how many uploads it was."""
    old = list(Upload.objects.filter(started_at__lt=now - KEPT))
    for upload in old:
        discard(upload)
    folders = _listed(FOLDER)[0]  # before the rows: each had one before it had parts
    begun = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    lost = [name for name in folders if name not in begun]
    for name in lost:
        _delete(name)
    return len(old) + len(lost)


def _delete(name: str) -> None:
    """Delete the parts of an upload, the one that was cut off with them, and their folder."""
    for part in _listed(f"{FOLDER}/{name}")[1]:
        default_storage.delete(f"{FOLDER}/{name}/{part}")
    default_storage.delete(f"{FOLDER}/{name}")


def _parts(upload: Upload) -> Iterator[str]:
    """The paths of the parts in their order; of one that was cut off nothing counts."""
    for name in sorted(_listed(f"{FOLDER}/{upload.pk}")[1]):
        if int(name) < upload.received:
            yield f"{FOLDER}/{upload.pk}/{name}"


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """The folders and files in a folder; none where it was never made."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
