"""E-mail addresses as one mailbox sees them."""

import unicodedata
from contextlib import suppress

DOTLESS_DOMAINS = {"gmail.com", "googlemail.com"}


def canonical(address: str) -> str:
    """The same text for all spellings of one mailbox: case, width, the domain's script; dots and +tags at Gmail only.

    For comparing, never for sending. What is no address comes back in lower case.
    """
    local, _, domain = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    if domain in DOTLESS_DOMAINS:
        return f"{local.partition('+')[0].replace('.', '')}@gmail.com"
    return f"{local}@{domain}" if local else domain


def one_person(address: str) -> str:
    """As `canonical`, with +tags dropped at every provider: where a person has one voice, and an alias must not be a second."""
    local, at, domain = canonical(address).rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"
