"""How the log of votes stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..models import ChainLink, ChainSeal, Proof, VoteEvent

SEAL_DUE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class LogState:
    """Lines in the chain and those that wait for their place, the newest seal and the newest recount."""

    lines: int
    waiting: int
    seal: ChainSeal | None
    proof: Proof | None
    is_seal_late: bool


def log_state(now: datetime) -> LogState:
    last = ChainLink.objects.last()
    lines, seal = last.position if last else 0, ChainSeal.objects.first()
    is_late = seal is None or now - seal.at > SEAL_DUE
    return LogState(lines, VoteEvent.objects.unchained().count(), seal, Proof.objects.first(), is_late)
