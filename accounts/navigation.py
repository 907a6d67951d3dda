"""What other rooms add to the navigation of one's account, in `AppConfig.ready()`: this room knows none of them."""

from collections.abc import Callable
from typing import Any

from .models import User

Links = list[tuple[Any, str]]
_groups: dict[str, tuple[Any, Callable[[User], Links]]] = {}


def register(key: str, label: Any, links: Callable[[User], Links]) -> None:
    """Add a group, or replace the one with its key.

    Args:
        label: lazily translated.
        links: for a person, labels with names of addresses.
    """
    _groups[key] = (label, links)


def groups(user: User) -> list[tuple[str, Links]]:
    """The groups in which there is something for the person."""
    found = [(str(label), links(user)) for label, links in _groups.values()]
    return [(label, links) for label, links in found if links]
