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
    try:
        board = board_of(key)
        pk = board.model._meta.pk.to_python(pk)
    except (KeyError, ValidationError) as error:
        raise Http404 from error
    if not getattr(board, having):
        raise Http404
    return board, get_object_or_404(board.visible_to(request.user), pk=pk)
