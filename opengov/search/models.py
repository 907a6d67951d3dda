from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """An object whose place in the search index is to be looked at anew. Written by `outbox.queue`, removed once that is done."""

    model = models.CharField(_("model"), max_length=100)
    object_id = models.CharField(_("object"), max_length=64)
    queued_at = models.DateTimeField(_("queued"), auto_now_add=True)

    class Meta:
        verbose_name = _("change waiting for the search index")
        verbose_name_plural = _("changes waiting for the search index")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(object_id=""), name="search_outboxentry_names_an_object"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
