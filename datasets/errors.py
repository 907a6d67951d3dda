"""Why a service of this app refuses. Each says so in a sentence for people."""

from collections.abc import Sequence

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


class NotApproved(DatasetsError):
    """Nothing is public without an approval of what it holds."""

    def __init__(self) -> None:
        super().__init__(_("The approval of this record was withdrawn. It must be reviewed and signed again."))


class NotOpen(DatasetsError):
    """The revision has ended: what it held is public, or was set aside."""

    def __init__(self, state: TextChoices) -> None:
        super().__init__(_("This revision is closed: %(state)s.") % {"state": state.label})


class OnItsWay(DatasetsError):
    """The record is with its reviewers, official or publishers: it is taken back before it is changed as a whole."""

    def __init__(self, state: TextChoices) -> None:
        message = _("The record is on its way to the public (%(state)s). Take it back to the editor first.")
        super().__init__(message % {"state": state.label})


class AsItWas(DatasetsError):
    """There is nothing to take back."""

    def __init__(self) -> None:
        super().__init__(_("It is already as it was in that version."))


class RelatedInACircle(DatasetsError):
    """Of two records each would follow the other: `A supersedes B` and `B supersedes A`."""

    def __init__(self, title: str) -> None:
        super().__init__(_("“%(title)s” is already related to this record the other way round.") % {"title": title})


class ChangedMeanwhile(DatasetsError):
    """Somebody else wrote since the person saw the record: with its `title`, where the person saw several."""

    def __init__(self, title: str = "") -> None:
        among = _("Somebody else has changed “%(record)s” since you opened it.") % {"record": title}
        super().__init__(among if title else _("Somebody else has changed this record since you opened it."))


class AlreadyPublic(DatasetsError):
    """What the public sees is changed by a revision alone."""

    def __init__(self) -> None:
        super().__init__(_("This record is not a draft: it is changed by a revision, which is reviewed and signed."))


class Incomplete(DatasetsError):
    """A record goes to review when it is complete. `missing` are the names of what it lacks."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = list(missing)
        super().__init__(_("The record is not complete. It lacks: %(missing)s.") % {"missing": ", ".join(self.missing)})


class ReviewOpen(DatasetsError):
    """Every criterion wants an answer, for the record as it is."""

    def __init__(self, criteria: Sequence[str]) -> None:
        self.criteria = list(criteria)
        super().__init__(_("The review is not finished: %(criteria)s.") % {"criteria": ", ".join(self.criteria)})


class OwnWork(DatasetsError):
    """Nobody signs off what they wrote."""

    def __init__(self) -> None:
        super().__init__(_("You wrote on this record. Somebody else must sign it off."))


class ExplanationMissing(DatasetsError):
    """The editor is told why."""

    def __init__(self) -> None:
        super().__init__(_("Say why, so that the editor knows what to do."))


class CommunicationMissing(DatasetsError):
    """An official says something, in a text or a letter."""

    def __init__(self) -> None:
        super().__init__(_("Write the communication, or attach the letter."))


class NothingChanged(DatasetsError):
    """The revision leaves the record as the public sees it."""

    def __init__(self) -> None:
        super().__init__(_("This revision changes nothing."))


class SignOffLapsed(DatasetsError):
    """What was signed is not what would be released. The revision went back to its editor."""

    def __init__(self) -> None:
        super().__init__(_("The public record was changed since the sign-off. The revision is with its editor again."))


class PartOutOfPlace(DatasetsError):
    """The part of a file does not follow on what is there. `received` is how many bytes are."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(_("This part does not follow on what was received."))


class PartDamaged(DatasetsError):
    """The part of a file is not what its checksum says."""

    def __init__(self) -> None:
        super().__init__(_("This part of the file was damaged on its way."))
