"""Why a service of this app refuses. Each says so in a sentence for people."""

from django.utils.translation import gettext as _


class RequestsError(Exception):
    """The base of the refusals; `str()` is the sentence, in the language that was active when it was raised."""


class NotOnTheBoard(RequestsError):
    def __init__(self) -> None:
        super().__init__(_("This request is not on the board: it waits for moderation, was refused, or was merged into another."))


class DatasetMissing(RequestsError):
    def __init__(self) -> None:
        super().__init__(_("Choose the dataset that answers the request: it must be public."))


class OrganizationMissing(RequestsError):
    def __init__(self) -> None:
        super().__init__(_("Choose the organization that the request is transferred to."))


class DueDatePassed(RequestsError):
    def __init__(self) -> None:
        super().__init__(_("Choose a due date that is today or later."))


class CannotMerge(RequestsError):
    def __init__(self) -> None:
        super().__init__(_("Choose another request, of the same kind, that is on the board."))


class NotItsPerson(RequestsError):
    def __init__(self) -> None:
        super().__init__(_("Choose a person of the department."))
