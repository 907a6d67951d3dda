"""Errors that have a page of their own, whichever view raises them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Gone(Exception):
    """410: what stood here was withdrawn. The page says what it was, why, when, and what took its place."""

    title: str
    reason: str = ""
    at: datetime | None = None
    successor_title: str = ""
    successor_url: str = ""


@dataclass
class TooManyRequests(Exception):
    """429: asked too often. `retry_after` is in seconds."""

    retry_after: int = 60
