"""How this room's activities read that no other module of it names."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Activity

from .enums import Criterion, Decision

# Translators: %(actor)s is the name of a person.
ENQUIRIES = {
    "enquiry.take": _("%(actor)s took the enquiry"),
    "enquiry.answer": _("%(actor)s answered the enquiry"),
    "enquiry.close": _("%(actor)s closed the enquiry without an answer"),
}
# Translators: %(actor)s is the name of a person, %(thing)s the title of a dataset.
RECORDS = {
    "dataset.create": _("%(actor)s wrote the record “%(thing)s”"),
    "dataset.update": _("%(actor)s changed the record “%(thing)s”"),
    "dataset.withdraw": _("%(actor)s withdrew the dataset “%(thing)s”"),
    "dataset.withdraw_approval": _("%(actor)s withdrew the approval of the dataset “%(thing)s”"),
    "dataset.restore": _("%(actor)s gave the dataset “%(thing)s” back to the public"),
}
# Translators: %(actor)s is the name of a person, %(thing)s that of an organization or a term.
DIRECTORY = {
    "organization.create": _("%(actor)s added the organization “%(thing)s”"),
    "organization.update": _("%(actor)s changed the organization “%(thing)s”"),
    "term.create": _("%(actor)s added the term “%(thing)s” to a vocabulary"),
    "term.update": _("%(actor)s changed the term “%(thing)s” of a vocabulary"),
}
# Translators: %(actor)s is the name of a person, %(criterion)s that of a criterion, %(decision)s such as “Met”.
REVISIONS = {
    "revision.begin": _("%(actor)s began to work on the record"),
    "revision.save": _("%(actor)s worked on the record"),
    "revision.answer": _("%(actor)s answered “%(criterion)s” in the review: %(decision)s"),
    "revision.submit": _("%(actor)s sent the record to review"),
    "revision.recall": _("%(actor)s took the record back"),
    "revision.pass": _("%(actor)s passed the review"),
    "revision.give_back": _("%(actor)s gave the record back to its editor"),
    "revision.sign": _("%(actor)s signed the record off"),
    "revision.retract": _("%(actor)s took the sign-off back"),
    "revision.schedule": _("%(actor)s scheduled the release"),
    "revision.unschedule": _("%(actor)s cancelled the scheduled release"),
    "revision.release": _("%(actor)s released the record"),
    "revision.discard": _("%(actor)s set the work on the record aside"),
}


CRITERIA, DECISIONS = dict(Criterion.choices), dict(Decision.choices)
SENTENCES = ENQUIRIES | RECORDS | REVISIONS | DIRECTORY


def words(activity: Activity) -> dict[str, Any]:
    """What the sentences about a review say beside the names."""
    return {
        "criterion": CRITERIA.get(activity.details.get("criterion", ""), "…"),
        "decision": DECISIONS.get(activity.details.get("decision", ""), "…"),
    }
