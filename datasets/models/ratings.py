from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.models import AbstractRating, AbstractScore

from .datasets import Dataset


class DatasetRating(AbstractRating):
    """What a person thinks of a dataset."""

    thing = models.ForeignKey(Dataset, models.CASCADE, related_name="ratings", verbose_name=_("dataset"))

    class Meta(AbstractRating.Meta):
        abstract = False
        verbose_name = _("rating of a dataset")
        verbose_name_plural = _("ratings of datasets")


class DatasetScore(AbstractScore):
    """What people think of a dataset."""

    thing = models.OneToOneField(Dataset, models.CASCADE, primary_key=True, related_name="score", verbose_name=_("dataset"))

    class Meta(AbstractScore.Meta):
        abstract = False
        verbose_name = _("score of a dataset")
        verbose_name_plural = _("scores of datasets")
