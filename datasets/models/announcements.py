from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import PublicEvent
from .datasets import Dataset
from .revisions import Revision


class Announcement(models.Model):
    """What the public is to hear of a dataset: written with the deed, deleted by the transaction that tells its followers.

    So it is told once, and not at all where the deed is rolled back. `number` is the version that a change made; `successor` is
    what took the dataset's place.
    """

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="announcements", verbose_name=_("dataset"))
    event = models.CharField(_("event"), max_length=12, choices=PublicEvent)
    number = models.PositiveIntegerField(_("version"), default=0)
    successor = models.ForeignKey(Dataset, models.CASCADE, null=True, related_name="+", verbose_name=_("successor"))
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+", verbose_name=_("revision"))
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=models.Q(event__in=PublicEvent.values), name="datasets_announcement_known")
        ]

    def __str__(self) -> str:
        return f"{self.dataset} · {self.get_event_display()}"
