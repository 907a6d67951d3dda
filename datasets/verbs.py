"""How this room's activities read that no other module of it names."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.activity import Sentence, register_verb
from accounts.models import Activity

# Translators: %(actor)s is the name of a person.
ENQUIRIES = {
    "enquiry.take": gettext_lazy("%(actor)s took the enquiry"),
    "enquiry.answer": gettext_lazy("%(actor)s answered the enquiry"),
    "enquiry.close": gettext_lazy("%(actor)s closed the enquiry without an answer"),
}


def register_verbs() -> None:
    for verb, text in ENQUIRIES.items():
        register_verb(verb, _sentence(text))


def _sentence(text: object) -> Sentence:
    return lambda activity: str(text) % {"actor": _name(activity)}


def _name(activity: Activity) -> str:
    return str(activity.actor or _("Somebody"))
