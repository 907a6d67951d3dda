"""What every move of a revision shares: its state allows it, it is recorded, and those whose turn it is are told."""

from datetime import datetime

from accounts.activity import record
from accounts.models import User

from ..enums import Move, RevisionState
from ..errors import IllegalMove
from ..models import Revision, Stay
from . import turns


def check(revision: Revision, move: Move) -> None:
    """Raises IllegalMove where the move does not lead on from the revision's state."""
    if revision.state not in move.origins:
        raise IllegalMove(RevisionState(revision.state), move.goal)


def enter(revision: Revision, state: RevisionState, now: datetime) -> None:
    """Put a locked revision into a state, and keep how long it stood in the one before. The caller saves it."""
    until = max(now, revision.moved_at)  # two servers' clocks may differ
    Stay.objects.create(revision=revision, state=revision.state, since=revision.moved_at, until=until)
    revision.state, revision.moved_at = state.value, until


def move_on(revision: Revision, move: Move, actor: User | None, now: datetime, note: str = "") -> Revision:
    """Save a locked revision in the state that the move leads to. The caller has checked it."""
    details = {"from": revision.state, "to": move.goal.value, "since": revision.moved_at.isoformat()}
    enter(revision, move.goal, now)
    revision.save()
    record(f"revision.{move.value}", revision.dataset, actor, note=note, details=details, now=now)
    turns.tell(revision, actor=actor, note=note, now=now)
    return revision
