"""Errors that have a page of their own, whichever view raises them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Gone(Exception):
    """410: a dataset that stood here was withdrawn. The page says what it was, when and why, and what took its place.

    Texts may be marked up with their language (`SafeString`).
    """

    title: str
    at: datetime
    reason: str = ""
    successor_title: str = ""
    successor_url: str = ""


@dataclass
class TooManyRequests(Exception):
    """429: asked too often. `retry_after` is in seconds."""

    retry_after: int = 60
