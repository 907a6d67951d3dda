"""Files that others wrote, given out so that no browser runs them: as an attachment, in a sandbox, in parts if asked."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

SANDBOX = "default-src 'none'; sandbox"
CHUNK = 64 * 1024


def safe_file(
    request: HttpRequest, file: IO[bytes], *, size: int, filename: str, media_type: str, etag: str, inline: bool = False
) -> HttpResponseBase:
    """The file, or the one range of bytes that the request asks for (RFC 9110); 416 for a range outside it.

    Args:
        etag: a hash of the content; `If-None-Match` is answered by the middleware, `If-Range` here.
        inline: to be shown, not saved: only for media types that hold no script.
    """
    span = _range(request, size, etag)
    if span is None:
        response: HttpResponseBase = FileResponse(file, content_type=media_type)
        response["Content-Length"] = str(size)
    elif span == (0, 0):
        file.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        first, end = span
        response = StreamingHttpResponse(_part(file, first, end), status=206, content_type=media_type)
        response["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
        response["Content-Length"] = str(end - first)
    response["Content-Disposition"] = content_disposition_header(as_attachment=not inline, filename=filename) or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    response["Content-Encoding"] = "identity"  # ranges count bytes of the file: the gzip middleware leaves it alone
    response["ETag"] = f'"{etag}"'
    return response


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First byte and the one after the last; `None` for the whole file, (0, 0) for none of it. Several ranges: the whole."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", request.headers.get("Range", "").replace(" ", ""))
    if not match or match.groups() == ("", "") or request.headers.get("If-Range", f'"{etag}"') != f'"{etag}"':
        return None
    if not match[1]:
        return (max(size - int(match[2]), 0), size) if int(match[2]) and size else (0, 0)
    first, end = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
    return (first, end) if first < end else (0, 0)


def _part(file: IO[bytes], first: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = end - first
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
