"""What a person may be called, and where they may say they are."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import time_zones

JOINERS = "\u200d\ufe0f"  # they hold emoji together


def validate_display_name(value: str) -> None:
    """Letters of any script, signs and emoji; nothing that is invisible or turns the text around it.

    Raises:
        ValidationError: it holds control or formatting characters, or nothing that one could see.
    """
    kinds = [unicodedata.category(character) for character in value if character not in JOINERS]
    if any(kind in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for kind in kinds):
        raise ValidationError(_("A name cannot hold invisible characters."), code="invisible")
    if value and all(kind[0] in "ZM" for kind in kinds):
        raise ValidationError(_("A name needs at least one character that people can see."), code="blank")


def validate_time_zone(value: str) -> None:
    """Raises ValidationError for a zone that nobody may choose."""
    if value not in time_zones.known():
        raise ValidationError(_("This is not a known time zone."), code="unknown_zone")
