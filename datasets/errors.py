"""Why a service of this app refuses. Each says so in a sentence for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _


class DatasetsError(Exception):
    """The base of the refusals; `str()` is the sentence, in the language that was active when it was raised."""


class IllegalMove(DatasetsError):
    """The thing's present state does not allow it."""

    def __init__(self, state: TextChoices, wanted: TextChoices) -> None:
        message = _("What is in the state “%(state)s” cannot become “%(wanted)s”.")
        super().__init__(message % {"state": state.label, "wanted": wanted.label})
