from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .datasets import Dataset


class Version(models.Model):
    """The metadata of one object, a dataset or one of its resources, as a change left it.

    A change of a dataset takes the next `number`; it writes one row for each object that it touched, and no more. Which
    metadata a dataset had at number n: for each object, its row with the highest number up to n. `data` is the object in the
    shape of `datasets.ckan.records`, `None` where the change removed it.
    """

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="versions", verbose_name=_("dataset"))
    number = models.PositiveIntegerField(_("number"))
    resource_id = models.UUIDField(_("resource"), null=True, blank=True)
    data = models.JSONField(_("metadata"), null=True)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("reason"), blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ("-number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "number"], condition=models.Q(resource_id=None), name="datasets_version_of_dataset_unique"
            ),
            models.UniqueConstraint(
                fields=["dataset", "number", "resource_id"],
                condition=models.Q(resource_id__isnull=False),
                name="datasets_version_of_resource_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} · {self.number}"
