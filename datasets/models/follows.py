from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from engagement.models import AbstractFollow

from .datasets import Dataset
from .terms import Term


class DatasetFollow(AbstractFollow):
    """Somebody hears of a dataset's releases, and of its end."""

    thing = models.ForeignKey(Dataset, models.CASCADE, related_name="follows", verbose_name=_("dataset"))

    class Meta(AbstractFollow.Meta):
        abstract = False
        verbose_name = _("follow of a dataset")
        verbose_name_plural = _("follows of datasets")


class OrganizationFollow(AbstractFollow):
    """Somebody hears of an organization's new and withdrawn datasets."""

    thing = models.ForeignKey(Organization, models.CASCADE, related_name="follows", verbose_name=_("organization"))

    class Meta(AbstractFollow.Meta):
        abstract = False
        verbose_name = _("follow of an organization")
        verbose_name_plural = _("follows of organizations")


class SubjectFollow(AbstractFollow):
    """Somebody hears of new datasets of a subject."""

    thing = models.ForeignKey(Term, models.CASCADE, related_name="follows", verbose_name=_("subject"))

    class Meta(AbstractFollow.Meta):
        abstract = False
        verbose_name = _("follow of a subject")
        verbose_name_plural = _("follows of subjects")
