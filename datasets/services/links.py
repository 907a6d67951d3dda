"""Look whether an address answers, before it is given to the public."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from opengov import http

from ..ckan.values import WITH_LOGIN, safe_address

HAS_NO_HEAD = (403, 405, 501)


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What an address answered. `is_refused`: it is none that the portal may give out; `problem`: a sentence, or nothing."""

    problem: str = ""
    is_refused: bool = False
    size: int | None = None


def refusal(address: str) -> str:
    """Why an address is none that the portal may give out, as a sentence; nothing where it may, or is empty."""
    reason = safe_address(address)[1] if address else ""
    if reason == WITH_LOGIN:
        return _("An address for the public holds no user name and no password.")
    return _("An address begins with http://, https:// or ftp://.") if reason else ""


def check(url: str) -> LinkReport:
    """Ask an address for its head. `ftp` addresses are not asked."""
    if urlsplit(url).scheme == "ftp":
        return LinkReport()
    try:
        status, size = _ask(url)
    except http.Refused:
        return LinkReport(_("This address is not on the public network: nobody outside could open it."), is_refused=True)
    except http.OutboundError:
        return LinkReport(_("This address did not answer."))
    if status >= 400:
        return LinkReport(_("This address answered with the error %(status)s.") % {"status": status})
    return LinkReport(size=size)


def _ask(url: str) -> tuple[int, int | None]:
    """Status and length; a server that refuses `HEAD` is asked for the whole, of which nothing is read."""
    with http.stream(url, method="HEAD", headers={"Accept-Encoding": "identity"}) as answer:
        status, length = answer.status_code, answer.headers.get("content-length", "")
    if status in HAS_NO_HEAD:
        with http.stream(url, headers={"Accept-Encoding": "identity"}) as answer:
            status, length = answer.status_code, answer.headers.get("content-length", "")
    return status, int(length) if length.isascii() and length.isdecimal() else None
