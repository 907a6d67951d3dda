from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import ReportOutcome, ReportReason


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        """Those that nobody has decided on."""
        return self.filter(outcome=ReportOutcome.OPEN)

    def about(self, kind: str, item: int) -> "ReportQuerySet":
        """Those about one text."""
        return self.filter(kind=kind, item=item)


class Report(models.Model):
    """That a reader finds something wrong with a text of the boards. A person reports a text once.

    `kind` is the key of a moderation kind, `item` the number of the text. Who deletes their account leaves the report without
    them.
    """

    kind = models.CharField(_("kind"), max_length=40)
    item = models.PositiveBigIntegerField(_("number of the text"))
    reporter = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("reader"))
    reason = models.CharField(_("reason"), max_length=12, choices=ReportReason)
    note = models.TextField(_("note"), max_length=1000, blank=True, validators=[MaxLengthValidator(1000)])
    reported_at = models.DateTimeField(_("reported"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=ReportOutcome, default=ReportOutcome.OPEN)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-reported_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["kind", "item", "reporter"], name="engagement_report_one_per_reader"),
            models.CheckConstraint(condition=Q(reason__in=ReportReason.values), name="engagement_report_reason_known"),
            models.CheckConstraint(
                condition=Q(outcome=ReportOutcome.OPEN, decided_at=None)
                | Q(outcome__in=[ReportOutcome.DISMISSED, ReportOutcome.UPHELD], decided_at__isnull=False),
                name="engagement_report_decided_with_an_outcome",
            ),
            models.CheckConstraint(condition=~Q(reason="other", note=""), name="engagement_report_other_with_a_note"),
        ]
        indexes = [models.Index(fields=["kind", "item"], condition=Q(outcome="open"), name="engagement_report_open")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} · {self.kind} {self.item}"
