"""What a person sees of the votes for a thing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from ..boards import Board
from ..enums import VoteState
from ..models import ChainLink, VoteEvent


@dataclass(frozen=True, slots=True)
class Ballot:
    """What the vote of a person looks like to them. `shift` is to be added to the tally, which may not know of it yet."""

    state: VoteState | None = None
    shift: int = 0

    @property
    def has_voted(self) -> bool:
        return self.state is not None and self.state != VoteState.WITHDRAWN

    @property
    def is_being_checked(self) -> bool:
        return self.state == VoteState.PROVISIONAL


def own_ballots(board: Board, things: list[Any], user: Any) -> dict[Any, Ballot]:
    """The person's votes for each of these things, by the things' keys; two queries, however many."""
    ballots = {thing.pk: Ballot() for thing in things}
    if not user.is_authenticated:
        return ballots
    votes = list(board.votes.objects.filter(voter=user, thing__in=things))
    chained = _states_in_the_tally([vote.ballot for vote in votes])
    return ballots | {
        vote.thing_id: Ballot(vote.state, (vote.state == VoteState.COUNTED) - (chained.get(vote.ballot) == VoteState.COUNTED))
        for vote in votes
    }


def _states_in_the_tally(ballots: list[Any]) -> dict[Any, str]:
    """The state of each ballot by its last line that is in the chain: what the job has counted."""
    links = ChainLink.objects.filter(event_id=OuterRef("pk"))
    events = VoteEvent.objects.filter(Exists(links), ballot__in=ballots)
    return dict(events.order_by("pk").values_list("ballot", "state"))
