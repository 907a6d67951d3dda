"""What an address of this room is about."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ..boards import Board, board_of


def place(request: HttpRequest, key: str, pk: object, *, having: str) -> tuple[Board, Any]:
    """The board and the thing on it.

    Args:
        having: the table that the board must have, such as `votes`.

    Raises:
        Http404: there is no such board, it has no such table, or the person may not see the thing.
    """
    board, number = place_key(key, pk, having=having)
    return board, get_object_or_404(board.visible_to(request.user), pk=number)


def place_key(key: str, pk: object, *, having: str) -> tuple[Board, Any]:
    """The board and the key of a thing that may be gone, or hidden from the person.

    Raises:
        Http404: there is no such board, it has no such table, or this is nothing that a key of it can be.
    """
    try:
        board = board_of(key)
        number = board.model._meta.pk.clean(pk, None)
    except (KeyError, ValidationError) as error:
        raise Http404 from error
    if not getattr(board, having):
        raise Http404
    return board, number
