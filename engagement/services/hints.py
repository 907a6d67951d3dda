"""What is kept of whence a vote came, for a time."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from opengov.emails import one_person
from opengov.locks import lock

from ..boards import Board
from ..models import AbstractVote, HintSalt, TrustedNetwork, VoteHint

SALT_LASTS = timedelta(days=7)
KEPT = timedelta(days=90)
NEW_ACCOUNT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trace:
    """Whence a request came: the address of the network and what the browser calls itself; empty where nobody knows.

    `is_trusted` spares who knows it already the question whether many honest people sit behind the address.
    """

    address: str = ""
    browser: str = ""
    is_trusted: bool | None = None


def keep(*, board: Board, vote: AbstractVote, trace: Trace, now: datetime) -> VoteHint:
    """Keep the hints about a vote that was just cast, in the caller's transaction."""
    voter, salt = vote.voter, _salt(now)
    email = one_person(voter.email) if voter else ""
    domain = email.rpartition("@")[2]
    values = {
        "board": board.key,
        "thing": str(vote.thing_id),
        "network": hashed(network_of(trace.address), salt),
        "browser": hashed(trace.browser, salt),
        "shape": hashed(pattern_of(email), salt),
        "domain": domain,
        "is_new_account": voter is not None and now - voter.date_joined < NEW_ACCOUNT,
        "is_trusted_network": is_trusted(trace.address, now) if trace.is_trusted is None else trace.is_trusted,
        "at": now,
    }
    hint = VoteHint(ballot=vote.ballot, **values)
    VoteHint.objects.bulk_create([hint], update_conflicts=True, unique_fields=["ballot"], update_fields=list(values))
    return hint


def network_of(address: str) -> str:
    """The address, or for IPv6 the network of 64 bits that one household has; empty for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def shape_of(local: str) -> str:
    """What stays of a mailbox's name without its numbers, where it has some: `rita.03` and `rita.47` have one shape."""
    return re.sub(r"\d+", "#", local) if re.search(r"\d", local) else ""


def pattern_of(email: str) -> str:
    """The shape of an address with its domain: `rita.#@example.org`; empty for what has no number."""
    local, _at, domain = email.lower().rpartition("@")
    return f"{shape_of(local)}@{domain}" if shape_of(local) else ""


def hashed(text: str, salt: HintSalt) -> str:
    return salted_hmac("engagement.hint", text, secret=salt.salt, algorithm="sha256").hexdigest() if text else ""


def is_trusted(address: str, now: datetime) -> bool:
    """Whether many honest people are known to sit behind this address now."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    networks = TrustedNetwork.objects.filter(until__gt=now).values_list("network", flat=True)
    return any(found in ipaddress.ip_network(network) for network in networks)


def salts(since: datetime) -> QuerySet[HintSalt]:
    """The salts with which hints since then were hashed."""
    return HintSalt.objects.filter(made_at__gt=since - SALT_LASTS)


def forget(*, now: datetime) -> int:
    """Delete the hints that have had their time, and the salts that nothing needs. Returns how many hints."""
    HintSalt.objects.filter(made_at__lt=now - KEPT - SALT_LASTS).delete()
    return VoteHint.objects.filter(at__lt=now - KEPT).delete()[0]


def _salt(now: datetime) -> HintSalt:
    recent = HintSalt.objects.filter(made_at__gt=now - SALT_LASTS)
    if found := recent.first():
        return found
    with lock("engagement.salt"):
        return recent.first() or HintSalt.objects.create(made_at=now)
