"""Roles and states of people and organizations."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganizationRole(models.TextChoices):
    """What a person may do for an organization. A person may hold several."""

    MEMBER = "member", _("Member")
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    IMSO = "imso", _("Information Management Senior Official")


class PortalRole(models.TextChoices):
    """What a person may do for the whole portal."""

    PUBLISHER = "publisher", _("Publisher")
    MODERATOR = "moderator", _("Moderator")
    AUTHOR = "author", _("Content author")
    ADMINISTRATOR = "administrator", _("Administrator")


class InvitationState(models.TextChoices):
    """Where an invitation stands; follows from its dates."""

    OPEN = "open", pgettext_lazy("invitation", "Open")
    EXPIRED = "expired", pgettext_lazy("invitation", "Expired")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    REVOKED = "revoked", pgettext_lazy("invitation", "Withdrawn")


class Pace(models.TextChoices):
    """How often a person wants mails of one kind."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("One mail a day")
    WEEKLY = "weekly", _("One mail a week")
    OFF = "off", _("No mail")

    DIGESTS = nonmember(("daily", "weekly"))
