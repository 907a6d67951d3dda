from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..enums import Vocabulary


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, vocabulary: str) -> "TermQuerySet":
        return self.filter(vocabulary=vocabulary)


class Term(models.Model):
    """One choice of a controlled vocabulary. A term in use is retired, never deleted: records hold its code."""

    vocabulary = models.CharField(_("vocabulary"), max_length=40, choices=Vocabulary)
    code = models.CharField(_("code"), max_length=80)
    label = models.CharField(_("label"), max_length=300)
    aliases = models.JSONField(_("import aliases"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered for new records"), default=True)
    media_type = models.CharField(_("media type"), max_length=120, blank=True)
    openness = models.PositiveSmallIntegerField(_("openness, 1 to 5"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    label_en: str | None
    label_fr: str | None
    url_en: str | None
    url_fr: str | None

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("vocabulary term")
        verbose_name_plural = _("vocabulary terms")
        ordering = ("vocabulary", "position", "code")
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="datasets_term_code_unique"),
            models.CheckConstraint(condition=models.Q(vocabulary__in=Vocabulary.values), name="datasets_term_vocabulary_known"),
            models.CheckConstraint(
                condition=models.Q(openness=None) | models.Q(openness__gte=1, openness__lte=5),
                name="datasets_term_openness_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The page of a subject; other terms have none, so those of their kind stand in the search."""
        if self.vocabulary == Vocabulary.SUBJECT:
            return reverse("datasets:subject-detail", args=[self.code])
        return reverse("datasets:dataset-list")
