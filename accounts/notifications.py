"""The kinds of news. All stand on a person's page of notifications; at what pace they come by mail, the person chooses.

Each room names its own in `AppConfig.ready()`.
"""

from dataclasses import dataclass
from typing import Any

from .enums import Pace


@dataclass(frozen=True, slots=True)
class Kind:
    """
    Args:
        key: `datasets.turns`.
        label: what these mails are about, for people; lazily translated.
        paces: those that one may choose.
        default: of people who chose none.
    """

    key: str
    label: Any
    paces: tuple[Pace, ...] = (Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY, Pace.OFF)
    default: Pace = Pace.AT_ONCE


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind, or replace the one with its key."""
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    """All kinds, in the order in which the rooms named them."""
    return list(_kinds.values())


def kind_of(key: str) -> Kind:
    """Raises KeyError where no room names it."""
    return _kinds[key]
