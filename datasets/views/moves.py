"""What each move of a revision asks of the person who makes it, and the service that makes it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import Move
from ..forms.revisions import NothingForm, ReasonForm, ScheduleForm, SubmitForm
from ..models import Revision
from ..services import gates

Data = dict[str, Any]


def _timeless(form: type[forms.Form]) -> Callable[..., forms.Form]:
    return lambda data, **_context: form(data)


FORMS: dict[Move, Callable[..., forms.Form]] = {
    Move.SUBMIT: _timeless(SubmitForm),
    Move.RECALL: _timeless(NothingForm),
    Move.DISCARD: _timeless(NothingForm),
    Move.GIVE_BACK: _timeless(ReasonForm),
    Move.RETRACT: _timeless(ReasonForm),
    Move.UNSCHEDULE: _timeless(NothingForm),
    Move.RELEASE: _timeless(NothingForm),
    Move.SCHEDULE: ScheduleForm,
}
EXPLAINED: dict[Move, Any] = {
    Move.SUBMIT: _("The department’s reviewers answer the criteria next. Until the release you may take the record back."),
    Move.RECALL: _("The record is with you again. It passes review and sign-off anew; a sign-off given already lapses."),
    Move.DISCARD: _("Nothing is deleted: what is public stays as it is, and the record stays in the workbench, set aside."),
    Move.GIVE_BACK: _("The record goes back to its editor, who reads your reason. A sign-off given already lapses."),
    Move.RETRACT: _("The sign-off lapses, and the record goes back to its editor, who reads your reason."),
    Move.UNSCHEDULE: _("The record waits for its release again. The sign-off stays in force."),
    Move.RELEASE: _("Everyone can see the record at once, in both languages."),
    Move.SCHEDULE: _("What is new becomes public at this instant by itself. Until then nobody outside can see it."),
}
DONE: dict[Move, Any] = {
    Move.SUBMIT: _("The record is with the reviewers."),
    Move.RECALL: _("The record is with you again."),
    Move.DISCARD: _("The work on the record is set aside."),
    Move.GIVE_BACK: _("The record is with its editor again."),
    Move.RETRACT: _("The sign-off has lapsed. The record is with its editor again."),
    Move.UNSCHEDULE: _("The scheduled release is cancelled."),
    Move.RELEASE: _("The record is released."),
    Move.SCHEDULE: _("The release is scheduled."),
}
GRAVE = frozenset({Move.DISCARD, Move.RETRACT})
SERVICES: dict[Move, Callable[..., Any]] = {
    Move.SUBMIT: gates.submit,
    Move.RECALL: gates.recall,
    Move.DISCARD: gates.discard,
    Move.GIVE_BACK: gates.give_back,
    Move.RETRACT: gates.retract,
    Move.UNSCHEDULE: gates.unschedule,
    Move.RELEASE: gates.release,
    Move.SCHEDULE: gates.release,
}


def make(*, move: Move, revision: Revision, said: Data, actor: User) -> None:
    """Make the move with what its form was told.

    Raises:
        DatasetsError: the service refuses.
    """
    arguments = {name: value for name, value in said.items() if name != "zone"}
    SERVICES[move](revision=revision, actor=actor, now=timezone.now(), **arguments)
