"""Settings that one address in the environment stands for."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def storage(url: str) -> dict[str, Any]:
    """The backend for uploaded files, as an entry of Django's `STORAGES`; a folder is Django's `MEDIA_ROOT`.

    Args:
        url: `file:///path`, or `s3://bucket/prefix?endpoint=https://…&region=…` for S3 and what speaks like it. A key and its
            secret may stand before the bucket (`s3://key:secret@bucket`); else boto3 finds them in its own way.

    Raises:
        ValueError: another scheme, or no bucket.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if parts.scheme != "s3" or not parts.hostname:
        raise ValueError("STORAGE_URL is file:///path or s3://bucket/prefix.")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    options = {
        "bucket_name": parts.netloc.rpartition("@")[2],
        "location": parts.path.strip("/"),
        "access_key": unquote(parts.username) if parts.username else None,
        "secret_key": unquote(parts.password) if parts.password else None,
        "endpoint_url": query.get("endpoint"),
        "region_name": query.get("region"),
    }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {name: value for name, value in options.items() if value},
    }
