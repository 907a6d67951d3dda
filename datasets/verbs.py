"""How this room's activities read that no other module of it names."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.activity import Sentence, register_verb
from accounts.models import Activity

from .enums import Criterion, Decision

# Translators: %(actor)s is the name of a person.
ENQUIRIES = {
    "enquiry.take": gettext_lazy("%(actor)s took the enquiry"),
    "enquiry.answer": gettext_lazy("%(actor)s answered the enquiry"),
    "enquiry.close": gettext_lazy("%(actor)s closed the enquiry without an answer"),
}
# Translators: %(actor)s is the name of a person, %(thing)s the title of a dataset.
RECORDS = {
    "dataset.create": gettext_lazy("%(actor)s wrote the record “%(thing)s”"),
    "dataset.update": gettext_lazy("%(actor)s changed the record “%(thing)s”"),
    "dataset.withdraw": gettext_lazy("%(actor)s withdrew the dataset “%(thing)s”"),
    "dataset.withdraw_approval": gettext_lazy("%(actor)s withdrew the approval of the dataset “%(thing)s”"),
    "dataset.restore": gettext_lazy("%(actor)s gave the dataset “%(thing)s” back to the public"),
}
# Translators: %(actor)s is the name of a person, %(thing)s that of an organization or a term.
DIRECTORY = {
    "organization.create": gettext_lazy("%(actor)s added the organization “%(thing)s”"),
    "organization.update": gettext_lazy("%(actor)s changed the organization “%(thing)s”"),
    "term.create": gettext_lazy("%(actor)s added the term “%(thing)s” to a vocabulary"),
    "term.update": gettext_lazy("%(actor)s changed the term “%(thing)s” of a vocabulary"),
}
# Translators: %(actor)s is the name of a person, %(criterion)s that of a criterion, %(decision)s such as “Met”.
REVISIONS = {
    "revision.begin": gettext_lazy("%(actor)s began to work on the record"),
    "revision.save": gettext_lazy("%(actor)s worked on the record"),
    "revision.answer": gettext_lazy("%(actor)s answered “%(criterion)s” in the review: %(decision)s"),
    "revision.submit": gettext_lazy("%(actor)s sent the record to review"),
    "revision.recall": gettext_lazy("%(actor)s took the record back"),
    "revision.pass": gettext_lazy("%(actor)s passed the review"),
    "revision.give_back": gettext_lazy("%(actor)s gave the record back to its editor"),
    "revision.sign": gettext_lazy("%(actor)s signed the record off"),
    "revision.retract": gettext_lazy("%(actor)s took the sign-off back"),
    "revision.schedule": gettext_lazy("%(actor)s scheduled the release"),
    "revision.unschedule": gettext_lazy("%(actor)s cancelled the scheduled release"),
    "revision.release": gettext_lazy("%(actor)s released the record"),
    "revision.discard": gettext_lazy("%(actor)s set the work on the record aside"),
}


CRITERIA, DECISIONS = dict(Criterion.choices), dict(Decision.choices)


def register_verbs() -> None:
    for verb, text in (ENQUIRIES | RECORDS | REVISIONS | DIRECTORY).items():
        register_verb(verb, _sentence(text))


def _sentence(text: object) -> Sentence:
    return lambda activity: (
        str(text)
        % {
            "actor": _name(activity),
            "thing": activity.label,
            "criterion": CRITERIA.get(activity.details.get("criterion", ""), "…"),
            "decision": DECISIONS.get(activity.details.get("decision", ""), "…"),
        }
    )


def _name(activity: Activity) -> str:
    return str(activity.actor or _("Somebody"))
