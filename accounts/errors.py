"""Why a service of this app refuses. Each says so in a sentence for people."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class AccountsError(Exception):
    """The base of the refusals; `str()` is the sentence, in the language that was active when it was raised."""


class InvitationError(AccountsError):
    """The invitation cannot be accepted, resent or revoked in its present state."""


class InvitationExpired(InvitationError):
    def __init__(self) -> None:
        super().__init__(_("This invitation has expired. Ask the person who invited you to send it again."))


class InvitationUsed(InvitationError):
    def __init__(self) -> None:
        super().__init__(_("This invitation has been used. Each invitation works once."))


class InvitationRevoked(InvitationError):
    def __init__(self) -> None:
        super().__init__(_("This invitation was withdrawn."))


class WrongAccount(InvitationError):
    def __init__(self) -> None:
        super().__init__(
            _("This invitation was sent to an e-mail address that is not one of the confirmed addresses of your account.")
        )


class AlreadyHolds(AccountsError):
    def __init__(self) -> None:
        super().__init__(_("This person holds the role already."))


class AlreadyInvited(AccountsError):
    def __init__(self) -> None:
        super().__init__(_("An invitation to this role is on its way to this address. You can send it again from the list."))


class LastAdministrator(AccountsError):
    def __init__(self) -> None:
        super().__init__(_("The portal needs an administrator. Appoint another one first."))


class SoleOfficial(AccountsError):
    """Only this person can invite people to these organizations."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(
            ngettext(
                "You are the only Information Management Senior Official of %(organizations)s. Invite a successor first.",
                "You are the only Information Management Senior Official of these organizations: %(organizations)s. "
                "Invite successors first.",
                len(titles),
            )
            % {"organizations": ", ".join(titles)}
        )


class StillAdministrator(AccountsError):
    def __init__(self) -> None:
        super().__init__(_("You are an administrator of the portal. Another administrator must end this role first."))


class OwnAccount(AccountsError):
    def __init__(self) -> None:
        super().__init__(_("Nobody can suspend their own account."))
