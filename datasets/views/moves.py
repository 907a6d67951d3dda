"""What each move of a revision asks of the person who makes it, and the service that makes it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone

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
