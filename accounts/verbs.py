"""How this app's activities read."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .enums import OrganizationRole, PortalRole
from .models import Activity

# Translators: in all of these, %(actor)s and %(person)s are names of people.
SENTENCES = {
    "person.join": gettext_lazy("%(person)s created an account"),
    "person.update": gettext_lazy("%(person)s changed their profile"),
    "person.delete": gettext_lazy("A person deleted their account"),
    "person.suspend": gettext_lazy("%(actor)s suspended the account of %(person)s"),
    "person.reinstate": gettext_lazy("%(actor)s opened the account of %(person)s again"),
    "membership.grant": gettext_lazy("%(actor)s gave %(person)s the role “%(role)s” in %(organization)s"),
    "membership.revoke": gettext_lazy("%(actor)s ended the role “%(role)s” of %(person)s in %(organization)s"),
    "delegation.grant": gettext_lazy("%(actor)s lets %(person)s sign on their behalf in %(organization)s"),
    "delegation.revoke": gettext_lazy("%(actor)s ended the delegation to %(person)s in %(organization)s"),
    "appointment.grant": gettext_lazy("%(actor)s gave %(person)s the portal role “%(role)s”"),
    "appointment.revoke": gettext_lazy("%(actor)s ended the portal role “%(role)s” of %(person)s"),
    "invitation.send": gettext_lazy("%(actor)s sent an invitation: %(person)s"),
    "invitation.resend": gettext_lazy("%(actor)s sent an invitation again: %(person)s"),
    "invitation.accept": gettext_lazy("%(actor)s accepted an invitation: %(person)s"),
    "invitation.revoke": gettext_lazy("%(actor)s withdrew an invitation: %(person)s"),
    "security.password_changed": gettext_lazy("%(person)s changed their password"),
    "security.password_set": gettext_lazy("%(person)s set a password"),
    "security.password_reset": gettext_lazy("%(person)s reset their password"),
    "security.email_changed": gettext_lazy("%(person)s changed their main e-mail address"),
    "security.email_confirm": gettext_lazy("%(person)s confirmed an e-mail address"),
    "security.email_deleted": gettext_lazy("%(person)s removed an e-mail address"),
    "security.totp_activated": gettext_lazy("%(person)s turned the authenticator app on"),
    "security.totp_deactivated": gettext_lazy("%(person)s turned the authenticator app off"),
    "security.recovery_codes_generated": gettext_lazy("%(person)s made new recovery codes"),
    "security.webauthn_added": gettext_lazy("%(person)s added a passkey or security key"),
    "security.webauthn_removed": gettext_lazy("%(person)s removed a passkey or security key"),
    "security.account_connected": gettext_lazy("%(person)s linked an outside account for signing in"),
    "security.account_disconnected": gettext_lazy("%(person)s unlinked an outside account"),
}
ROLES = dict(OrganizationRole.choices) | dict(PortalRole.choices)


def words(activity: Activity) -> dict[str, Any]:
    """What these sentences say beside the actor's name."""
    details = activity.details
    return {
        "person": activity.label or _("a person who has left"),
        "role": ROLES.get(details.get("role", ""), "…"),
        "organization": details.get(f"title_{get_language()}") or details.get("organization", "…"),
    }
