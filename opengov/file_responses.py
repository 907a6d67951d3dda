"""Files that others wrote, given out so that no browser runs them: as an attachment, in a sandbox, in parts if asked."""

import re
from collections.abc import Callable, Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

SANDBOX = "default-src 'none'; sandbox"
CHUNK = 64 * 1024
NOTHING = (0, 0)


def safe_file(
    request: HttpRequest,
    opened: Callable[[], IO[bytes]],
    *,
    size: int,
    filename: str,
    media_type: str,
    etag: str,
    inline: bool = False,
) -> HttpResponseBase:
    """The file, or the one range of bytes that the request asks for (RFC 9110): 304, 206 or 416 where they apply.

    Args:
        opened: opens the file; not called where nothing of it is sent.
        etag: a hash of the content.
        inline: to be shown, not saved: only for media types that hold no script.
    """
    response = get_conditional_response(request, etag=f'"{etag}"') or _content(request, opened, size, etag)
    if response.status_code in (200, 206):
        response["Content-Type"] = media_type
        response["Content-Disposition"] = content_disposition_header(as_attachment=not inline, filename=filename) or "attachment"
        response["Content-Encoding"] = "identity"  # ranges count bytes of the file: the gzip middleware leaves it alone
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'"{etag}"'
    return response


def _content(request: HttpRequest, opened: Callable[[], IO[bytes]], size: int, etag: str) -> HttpResponseBase:
    span = _range(request, size, etag)
    if span == NOTHING:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if span is None:
        return FileResponse(opened(), headers={"Content-Length": str(size)})
    first, end = span
    headers = {"Content-Range": f"bytes {first}-{end - 1}/{size}", "Content-Length": str(end - first)}
    return StreamingHttpResponse(_part(opened(), first, end), status=206, headers=headers)


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First byte and the one after the last; `None` for the whole file, which several ranges get too."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", request.headers.get("Range", "").replace(" ", ""))
    if not match or match.groups() == ("", "") or request.headers.get("If-Range", f'"{etag}"') != f'"{etag}"':
        return None
    if not match[1]:
        return (max(size - int(match[2]), 0), size) if int(match[2]) and size else NOTHING
    first, end = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
    return (first, end) if first < end else NOTHING


def _part(file: IO[bytes], first: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = end - first
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
