"""What a person follows."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page

from accounts.enums import Pace
from accounts.models import User
from accounts.services.notifications import paces
from opengov.paging import page_of

from ..boards import Board, boards

SOME, MANY = 10, 50


@dataclass(frozen=True, slots=True)
class Line:
    """Something followed; `thing` is nothing where the person may not see it at the moment."""

    key: Any
    thing: Any


@dataclass(frozen=True, slots=True)
class Followed:
    """A page of what a person follows on a board, the newest first, and how often they get mails about it."""

    board: Board
    lines: list[Line]
    page: "Page[Any]"
    pace: Pace


def follows(board: Board, thing: Any, user: Any) -> bool:
    return user.is_authenticated and board.follows.objects.filter(thing=thing, person=user).exists()


def following(user: User, *, key: str = "", number: str | None = None) -> list[Followed]:
    """The newest of each board, on a single page; or a page of the board with this key, none where no board has it.

    Four queries a board.

    Raises:
        NoSuchPage
    """
    if not key:
        page_of((), SOME, number)
    chosen = [board for board in boards("follows") if not key or board.key == key]
    return [_followed(board, user, MANY if key else SOME, number if key else None) for board in chosen]


def _followed(board: Board, user: User, size: int, number: str | None) -> Followed:
    page = page_of(board.follows.objects.filter(person=user).order_by("-since", "-pk"), size, number)
    keys = [follow.thing_id for follow in page]
    things = {thing.pk: thing for thing in board.visible_to(user).filter(pk__in=keys)} if keys else {}
    return Followed(board, [Line(key, things.get(key)) for key in keys], page, paces(board.news, [user])[user.pk])
