from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .people import User


class Activity(models.Model):
    """Who did what to which thing, when and why. Rows are only ever added; `accounts.activity.record` adds them."""

    verb = models.CharField(_("verb"), max_length=60)
    target_type = models.CharField(_("kind of thing"), max_length=60)
    target_id = models.CharField(_("identifier"), max_length=64)
    target_label = models.CharField(_("name at the time"), max_length=300, blank=True)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="activities", verbose_name=_("person"))
    note = models.TextField(_("reason"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activity log")
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["target_type", "target_id", "-at"], name="accounts_activity_target"),
            models.Index(fields=["actor", "-at"], name="accounts_activity_actor"),
            models.Index(fields=["-at"], name="accounts_activity_at"),
            models.Index(fields=["verb", "-at"], name="accounts_activity_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_id}"

    @property
    def label(self) -> str:
        """What the thing was called at the time, in the reader's language where it has a name in each."""
        return str(self.details.get(f"label_{get_language()}") or self.target_label)
