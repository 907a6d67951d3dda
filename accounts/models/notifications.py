from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Pace
from .people import User


class NotificationPreference(models.Model):
    """How often a person wants mails of one kind (see `accounts.notifications`). Without a row, as the kind says."""

    person = models.ForeignKey(User, models.CASCADE, related_name="notification_preferences", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=60)
    pace = models.CharField(_("how often"), max_length=10, choices=Pace)

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="accounts_preference_one_per_kind"),
            models.CheckConstraint(condition=models.Q(pace__in=Pace.values), name="accounts_preference_pace_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.kind}: {self.get_pace_display()}"


class Notice(models.Model):
    """One line that waits for a person's digest, in their language. It is deleted by the transaction that mails it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="notices", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=60)
    pace = models.CharField(_("how often"), max_length=10, choices=Pace)
    text = models.TextField(_("text"))
    address = models.CharField(_("address"), max_length=1000)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(pace__in=Pace.DIGESTS), name="accounts_notice_waits_for_a_digest")
        ]
        indexes = [models.Index(fields=["pace", "person"], name="accounts_notice_digest")]

    def __str__(self) -> str:
        return self.text
