from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import Counted
from .datasets import Dataset


class DailyCount(models.Model):
    """How often a thing was done in a day: with one dataset where `dataset` is set, else on the whole portal with any."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20, choices=Counted)
    dataset = models.ForeignKey(
        Dataset, models.CASCADE, null=True, blank=True, related_name="daily_counts", verbose_name=_("dataset")
    )
    count = models.PositiveBigIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "dataset"], condition=Q(dataset__isnull=False), name="datasets_dailycount_dataset_once"
            ),
            models.UniqueConstraint(fields=["day", "kind"], condition=Q(dataset=None), name="datasets_dailycount_portal_once"),
            models.CheckConstraint(condition=Q(kind__in=Counted.values), name="datasets_dailycount_kind_known"),
        ]
        indexes = [models.Index(fields=["dataset", "day"], name="datasets_dailycount_dataset")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.count}"
