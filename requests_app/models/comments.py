from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.models import AbstractComment

from .requests import DataRequest


class RequestComment(AbstractComment):
    """What somebody says of a request."""

    thing = models.ForeignKey(DataRequest, models.CASCADE, related_name="comments", editable=False, verbose_name=_("request"))

    board_key = "requests"
    kind_key = "request-comments"

    class Meta(AbstractComment.Meta):
        abstract = False
        verbose_name = _("comment on a request")
        verbose_name_plural = _("comments on requests")
