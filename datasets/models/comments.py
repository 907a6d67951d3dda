from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.models import AbstractComment

from .datasets import Dataset


class DatasetComment(AbstractComment):
    """What somebody says of a dataset."""

    thing = models.ForeignKey(Dataset, models.CASCADE, related_name="comments", editable=False, verbose_name=_("dataset"))

    board_key = "datasets"
    kind_key = "dataset-comments"

    class Meta(AbstractComment.Meta):
        abstract = False
        verbose_name = _("comment on a dataset")
        verbose_name_plural = _("comments on datasets")
