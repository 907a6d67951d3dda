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


class ReasonMissing(DatasetsError):
    """A withdrawal is explained to the public, in both languages."""

    def __init__(self) -> None:
        super().__init__(_("A withdrawal needs a reason in English and in French."))


class SuccessorNotPublic(DatasetsError):
    """The record that is to take another's place cannot be seen by those who are sent there."""

    def __init__(self) -> None:
        super().__init__(_("The successor must be another dataset that is public."))
