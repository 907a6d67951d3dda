from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ModerationState(models.TextChoices):
    """Whether the public sees what somebody wrote."""

    PENDING = "pending", pgettext_lazy("a text", "Waiting for moderation")
    APPROVED = "approved", pgettext_lazy("a text", "Approved")
    REJECTED = "rejected", pgettext_lazy("a text", "Rejected")
    HIDDEN = "hidden", pgettext_lazy("a text", "Hidden")


class ReportReason(models.TextChoices):
    """What a reader finds wrong with a text."""

    SPAM = "spam", pgettext_lazy("a report", "Spam or advertising")
    ABUSE = "abuse", pgettext_lazy("a report", "Abusive or hateful")
    PERSONAL = "personal", pgettext_lazy("a report", "Personal information")
    OFF_TOPIC = "off_topic", pgettext_lazy("a report", "Off topic")
    WRONG = "wrong", pgettext_lazy("a report", "Wrong or misleading")
    OTHER = "other", pgettext_lazy("a report", "Something else")


class ReportOutcome(models.TextChoices):
    """What became of a report."""

    OPEN = "open", pgettext_lazy("a report", "Waiting for a moderator")
    DISMISSED = "dismissed", pgettext_lazy("a report", "The text stays")
    UPHELD = "upheld", pgettext_lazy("a report", "The text is no longer shown")


class HumanCheckWay(models.TextChoices):
    """How a person showed that no program votes in their name."""

    CHALLENGE = "challenge", _("Work done by the browser")
    CODE = "code", _("Mailed code")


class VoteState(models.TextChoices):
    """Whether a vote counts, and why not."""

    COUNTED = "counted", pgettext_lazy("a vote", "Counted")
    PROVISIONAL = "provisional", pgettext_lazy("a vote", "Being checked")
    INVALIDATED = "invalidated", pgettext_lazy("a vote", "Invalidated")
    WITHDRAWN = "withdrawn", pgettext_lazy("a vote", "Withdrawn")


class VoteFlag(models.TextChoices):
    """Why a vote is looked at before it counts."""

    DISPOSABLE = "disposable", _("Mailbox of a disposable domain")
    BURST = "burst", _("Many votes from one network")
    SAME_BROWSER = "same_browser", _("Many new accounts with one browser")
    PATTERN = "pattern", _("Addresses after one pattern")
    NEW_ACCOUNTS = "new_accounts", _("Many accounts of the same day")


class VoteEventKind(models.TextChoices):
    """What happened to a vote."""

    CAST = "cast", _("Cast")
    WITHDRAW = "withdraw", _("Withdrawn by the voter")
    MOVE = "move", _("Moved with what it was for")
    SET_ASIDE = "set_aside", _("Set aside to be checked")
    CONFIRM = "confirm", _("Found to be good")
    INVALIDATE = "invalidate", _("Invalidated")
    REINSTATE = "reinstate", _("Reinstated")
