"""What the portal knows of a person, part by part: for their export, and for the day they leave.

Each app names its parts in `AppConfig.ready()`; this one's own stand in `accounts/own_data.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import User

Exporter = Callable[[User], list[dict[str, Any]]]
Eraser = Callable[[User], None]


@dataclass(frozen=True)
class Part:
    """One part of a person's data.

    Args:
        key: the name in the export, `accounts.profile`.
        label: what it is, for people; lazily translated.
        export: its records, of plain values that JSON can hold or that print themselves (dates, ids).
        erase: removes it or makes it anonymous, in the transaction that deletes the account, before the account goes.
        remains: what is still there afterwards, without the person; lazily translated, empty for nothing.
    """

    key: str
    label: Any
    export: Exporter
    erase: Eraser
    remains: Any = ""


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Add a part, or replace the one with its key."""
    _parts[part.key] = part


def parts() -> list[Part]:
    """All parts, in the order in which the apps named them."""
    return list(_parts.values())


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything that the portal knows of a person, by part."""
    return {part.key: part.export(user) for part in parts()}


def erase(user: User) -> None:
    """Take the person out of every part; the last part named goes first. The account itself is left to the caller."""
    for part in reversed(parts()):
        part.erase(user)
