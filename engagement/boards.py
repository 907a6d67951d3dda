"""What people take part in: things of one model, and what may be done with them. Rooms add theirs in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

May = Callable[[Any, Any], bool]
Visible = Callable[[Any], QuerySet[Any]]


def _nobody(user: Any, thing: Any) -> bool:
    return False


def _never(thing: Any) -> bool:
    return False


def _no_organization(thing: Any) -> Any:
    return None


@dataclass(frozen=True)
class Board:
    """
    Args:
        key: in addresses and in the log, for good.
        label: of its things in the plural, lazily translated.
        model: of its things, with `get_absolute_url`; `str()` is their title in the reader's language.
        visible_to: those that a person may see.
        votes: the model of its votes, an `AbstractVote`, where people vote; the model of its things is then a `Votable`.
        follows: the model of its follows, an `AbstractFollow`, where people follow; `news`: the key of the kind of notifications
            (see `accounts.notifications`) that followers then have, which is how they choose the pace of its mails.
        may_vote: whether a person may vote for a thing now. It is asked while the thing is held.
        is_closed: whether the votes for a thing are over, for everybody.
        ratings: the model of its ratings, an `AbstractRating`, where people rate; with it `scores`, an `AbstractScore`.
        may_rate: whether a person may rate a thing now.
        comments: the model of its comments, an `AbstractComment`, where people comment.
        may_comment: whether a person may comment on a thing now.
        organization_of: the department that answers for a thing, if any.
    """

    key: str
    label: Any
    model: type[Model]
    visible_to: Visible
    votes: Any = None
    may_vote: May = _nobody
    is_closed: Callable[[Any], bool] = _never
    ratings: Any = None
    scores: Any = None
    may_rate: May = _nobody
    comments: Any = None
    may_comment: May = _nobody
    organization_of: Callable[[Any], Any] = _no_organization
    follows: Any = None
    news: str = ""

    @property
    def things(self) -> QuerySet[Any]:
        """All of them."""
        return self.model._default_manager.all()


_boards: dict[str, Board] = {}


def register(board: Board) -> None:
    """Add a board, or replace the one with its key."""
    _boards[board.key] = board


def boards(having: str) -> list[Board]:
    """The boards that have this table, such as `votes`, in the order in which the rooms named them."""
    return [board for board in _boards.values() if getattr(board, having)]


def board_of(key: str) -> Board:
    """
    Raises:
        KeyError: there is none.
    """
    return _boards[key]
