"""What moderators look at. Rooms below name the kinds of text that they take from people, in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .models import Moderated


def _nothing(item: Any, now: datetime) -> None:
    """Nobody waits to hear of it."""


def _shown(user: Any, item: Any) -> bool:
    return bool(item.is_shown)


@dataclass(frozen=True)
class Kind:
    """
    Args:
        key: in addresses, for good.
        label: of one of them, lazily translated.
        model: has `get_absolute_url`; `str()` gives a line for the queue.
        texts: names of the fields that hold what the person wrote; the first is the heading.
        derived: names of the columns that `clean` makes from the texts.
        shown: called in the transaction in which the public first sees it: for telling those who wait for it.
        seen_by: whether a person reads it among what is public, and so may report it.
    """

    key: str
    label: Any
    model: type[Moderated]
    texts: tuple[str, ...]
    derived: tuple[str, ...] = ()
    shown: Callable[[Any, datetime], None] = _nothing
    seen_by: Callable[[Any, Any], bool] = _shown


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind, or replace the one with its key."""
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    """All kinds, in the order in which the rooms named them."""
    return list(_kinds.values())


def kind_of(key: str) -> Kind:
    """
    Raises:
        KeyError: there is none.
    """
    return _kinds[key]
