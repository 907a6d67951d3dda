"""The boards on which people vote. Rooms below add theirs in `AppConfig.ready()`: this room knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

MayVote = Callable[[Any, Any], bool]
Visible = Callable[[Any], QuerySet[Any]]


@dataclass(frozen=True)
class Board:
    """
    Args:
        key: in addresses and in the log, for good.
        label: of its things in the plural, lazily translated.
        votes: the model of its votes, an `AbstractVote`; its `thing` is a `Votable` with `get_absolute_url`.
        visible_to: its things that a person may see.
        may_vote: whether a person may vote for a thing now. It is asked once the vote is written, of the thing as it is then.
    """

    key: str
    label: Any
    votes: Any
    visible_to: Visible
    may_vote: MayVote

    @property
    def things(self) -> QuerySet[Any]:
        """All of them."""
        model: type[Model] = self.votes._meta.get_field("thing").related_model
        return model._default_manager.all()


_boards: dict[str, Board] = {}


def register(board: Board) -> None:
    """Add a board, or replace the one with its key."""
    _boards[board.key] = board


def boards() -> list[Board]:
    """All boards, in the order in which the rooms named them."""
    return list(_boards.values())


def board_of(key: str) -> Board:
    """
    Raises:
        KeyError: there is none.
    """
    return _boards[key]
