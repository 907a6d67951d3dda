"""Why a service of this app refuses. Each says so in a sentence for people."""

from django.utils.translation import gettext as _


class EngagementError(Exception):
    """The base of the refusals; `str()` is the sentence, in the language that was active when it was raised."""


class AddressNotConfirmed(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("Confirm your e-mail address first: by it we know that one voice is one person’s."))


class VotedAlready(EngagementError):
    """The same mailbox voted, however its address was written."""

    def __init__(self) -> None:
        super().__init__(_("There is a vote for this from your e-mail address already, by another account."))


class NotOpenForVotes(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("This takes no votes now."))


class ChallengeUsed(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("This check was used already. A new one is below: please try again."))


class WrongCode(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("This is not the code, or it has expired. Check your mail, or ask for a new code."))


class ReasonMissing(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("Say why: the writer reads it."))


class AlreadyDecided(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("Somebody was quicker: this was decided already."))


class TrailRemoved(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("All that this person wrote was removed. Take the removal back first."))


class NoConditions(EngagementError):
    def __init__(self) -> None:
        super().__init__(
            _("Say which votes are meant: a network, a browser, a pattern, a mail domain, a reason for a check, or a time.")
        )


class SecondPersonNeeded(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("Somebody else than the proposer must approve this."))


class ProposalTakenBack(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("This proposal was taken back."))


class NotOpenForRatings(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("You cannot rate this: it is not public, or it is your own department’s."))


class NotOpenForComments(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("This takes no comments, or what you replied to is no longer there."))


class NoLongerEditable(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("A comment can be edited by its writer for 15 minutes. You can delete it, or write another."))


class NotReportable(EngagementError):
    def __init__(self) -> None:
        super().__init__(_("You cannot report this: it is your own, or it is no longer shown."))
