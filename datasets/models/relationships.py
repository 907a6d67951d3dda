from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .datasets import Dataset


class Relationship(models.Model):
    """How a dataset is related to another record or address. The inverse is shown on the other side, not stored.

    A relationship that was imported keeps the address that its source gave also where `target` is the record meant by it.
    """

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="relationships", verbose_name=_("dataset"))
    kind = models.CharField(_("kind"), max_length=40)
    related_type = models.CharField(_("kind of related thing"), max_length=40, default="dataset")
    target = models.ForeignKey(
        Dataset, models.CASCADE, null=True, blank=True, related_name="inverse_relationships", verbose_name=_("related dataset")
    )
    url = models.CharField(_("related address"), max_length=2000, blank=True)
    url_fr = models.CharField(_("related address in French, where it is another"), max_length=2000, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=False) | ~Q(url=""),
                name="datasets_relationship_target_or_url",
            ),
            models.CheckConstraint(
                condition=Q(target=None) | ~Q(target=F("dataset")), name="datasets_relationship_not_to_itself"
            ),
            models.UniqueConstraint(
                fields=["dataset", "kind", "target"], condition=Q(target__isnull=False), name="datasets_relationship_target_once"
            ),
            models.UniqueConstraint(
                fields=["dataset", "kind", "url"], condition=~Q(url=""), name="datasets_relationship_url_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.target_id or self.url}"
