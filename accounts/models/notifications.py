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


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """What a person is told of one event, in their language: a line of their page, until it is forgotten.

    `digest` names the mail that it waits for; empty: it was mailed, or the person wants no mail. `event` names what happened,
    where several ways may lead the news to the same person: the database holds that each has it once.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="notifications", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=60)
    event = models.CharField(_("event"), max_length=120, blank=True)
    digest = models.CharField(_("waits for"), max_length=10, choices=Pace, blank=True)
    text = models.TextField(_("text"))
    address = models.CharField(_("address"), max_length=1000)
    at = models.DateTimeField(_("time"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__in=("", *Pace.DIGESTS)), name="accounts_notification_waits_for_a_digest"
            ),
            models.UniqueConstraint(
                fields=["person", "event"], condition=~models.Q(event=""), name="accounts_notification_once_an_event"
            ),
        ]
        indexes = [
            models.Index(fields=["digest", "person"], condition=~models.Q(digest=""), name="accounts_notification_digest"),
            models.Index(fields=["person", "-at", "-id"], name="accounts_notification_page"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="accounts_notification_unread"),
            models.Index(fields=["at"], name="accounts_notification_age"),
        ]

    def __str__(self) -> str:
        return self.text
