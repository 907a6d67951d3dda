"""The one way out: an HTTP client with time-outs, a limit of size, and a guard against requests forged to reach our own network.

The guard stands where the socket is opened. It resolves the name itself, refuses what is not a public address, and connects to
the address that it checked: neither a redirect nor a name that answers differently the second time gets around it.
"""

import hashlib
import ipaddress
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpcore
import httpx
from django.conf import settings

MEGABYTE = 1024 * 1024
MAX_REDIRECTS = 5
TIMEOUT = httpx.Timeout(20, connect=10)


class OutboundError(Exception):
    """The answer could not be had. The message says why, in English, for logs and reports."""


class Refused(OutboundError):
    """The address is none that the portal may ask: not HTTP, or not on the public network."""


class TooLarge(OutboundError):
    """The answer is larger than the caller allows."""


class Unreachable(OutboundError):
    """No connection, no answer in time, or too many redirects."""


@dataclass(frozen=True)
class Download:
    """A file that was fetched: where from after redirects, its size in bytes and SHA-256, and the answer's headers."""

    url: str
    path: Path
    size: int
    sha256: str
    headers: Mapping[str, str]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network, also when IPv6 wraps an IPv4 address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast


class GuardedBackend(httpcore.SyncBackend):
    """Opens sockets to public addresses only; hosts of `OUTBOUND_PRIVATE_HOSTS` may stand on the private network."""

    def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        addresses = [str(row[4][0]) for row in found]
        if host not in settings.OUTBOUND_PRIVATE_HOSTS and not all(map(is_public, addresses)):
            raise Refused(f"{host} is not on the public network.")
        return super().connect_tcp(addresses[0], port, *args, **options)


def _client() -> httpx.Client:
    transport = httpx.HTTPTransport(trust_env=False)
    transport._pool._network_backend = GuardedBackend()  # httpx has no argument for it
    name = f"OpenGovPortal (+{settings.SITE_URL})"
    return httpx.Client(transport=transport, trust_env=False, timeout=TIMEOUT, headers={"User-Agent": name})


@contextmanager
def stream(url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Iterator[httpx.Response]:
    """The answer to a request, redirects followed, its body not yet read.

    Raises:
        Refused: see there.
        Unreachable: see there.
    """
    with _client() as client:
        for _hop in range(MAX_REDIRECTS + 1):
            try:
                request = client.build_request(method, url, headers=headers)
                if request.url.scheme not in ("http", "https"):
                    raise Refused("Only http and https addresses can be fetched.")
                response = client.send(request, stream=True)
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
                raise Refused("This is not an address that can be fetched.") from error
            except httpx.HTTPError as error:
                raise Unreachable(f"{request.url.host} did not answer: {error}") from error
            try:
                if not response.has_redirect_location:
                    yield response
                    return
                target = response.url.join(response.headers["location"])
                if target.host != response.url.host:
                    headers = {name: value for name, value in (headers or {}).items() if name.lower() != "authorization"}
                url = str(target)
            except httpx.HTTPError as error:
                raise Unreachable(f"{request.url.host} broke off: {error}") from error
            finally:
                response.close()
    raise Unreachable(f"More than {MAX_REDIRECTS} redirects.")


def read_limited(response: httpx.Response, *, max_bytes: int, max_seconds: float = 60) -> Iterator[bytes]:
    """The body in pieces, decoded.

    Raises:
        TooLarge: the body is larger than `max_bytes`.
        Unreachable: reading took longer than `max_seconds`.
    """
    if int(response.headers.get("content-length") or 0) > max_bytes:
        raise TooLarge(f"The answer is larger than {max_bytes:,} bytes.")
    size, deadline = 0, time.monotonic() + max_seconds
    for piece in response.iter_bytes():
        size += len(piece)
        if size > max_bytes:
            raise TooLarge(f"The answer is larger than {max_bytes:,} bytes.")
        if time.monotonic() > deadline:
            raise Unreachable(f"The answer took longer than {max_seconds:.0f} seconds.")
        yield piece


def get(url: str, *, max_bytes: int = 10 * MEGABYTE, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """An answer of any status, with its body read: `.status_code`, `.content`, `.text`, `.json()`.

    Raises:
        OutboundError: see its kinds.
    """
    with stream(url, headers=headers) as response:
        response._content = b"".join(read_limited(response, max_bytes=max_bytes))
        return response


def download(
    url: str, path: Path, *, max_bytes: int, max_seconds: float = 3600, headers: Mapping[str, str] | None = None
) -> Download:
    """Fetch a file to `path` as it comes, without holding it in memory. Nothing is left there if it fails.

    Raises:
        OutboundError: see its kinds; also for an answer with a status of 400 or more.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with stream(url, headers={"Accept-Encoding": "identity"} | dict(headers or {})) as response, path.open("wb") as file:
            if response.is_error:
                raise Unreachable(f"{response.url.host} answered {response.status_code}.")
            for piece in read_limited(response, max_bytes=max_bytes, max_seconds=max_seconds):
                file.write(piece)
                digest.update(piece)
                size += len(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Download(str(response.url), path, size, digest.hexdigest(), dict(response.headers))
