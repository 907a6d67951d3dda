from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization

from .requests import DataRequest


class TurnQuerySet(models.QuerySet["Turn"]):
    def public(self) -> Self:
        """Of requests for data that the board shows, and what ended of those that were merged into them.

        Ideas are answered, too, but no department owes them anything.
        """
        found = self.filter(request__in=DataRequest.objects.shown().filter(kind="request"))
        return found.filter(Q(request__merged_into=None) | Q(ended_at__isnull=False))

    def running(self) -> Self:
        return self.filter(ended_at=None)


class Turn(models.Model):
    """One department's time with a request: from the day it came to it until its last answer, or until it handed it on.

    Each department has a clock of its own: a transfer ends one turn and begins the next, whose days start at zero. `answered_at`
    is its first answer, which a transfer is, too. `due_on` is the day by which it owed the answer: the portal's, or the one that
    it named in its first answer; what it says later moves the request's, not this one. `soon_told_for` and `late_told_for` are
    the due days of which its people were reminded.
    """

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="turns", verbose_name=_("request"))
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    began_at = models.DateTimeField(_("came to it"))
    due_on = models.DateField(_("answer due"))
    answered_at = models.DateTimeField(_("first answer"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    is_handed_on = models.BooleanField(_("handed on"), default=False)
    soon_told_for = models.DateField(_("reminded before"), null=True)
    late_told_for = models.DateField(_("reminded after"), null=True)

    objects: ClassVar[Any] = TurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn of an organization")
        verbose_name_plural = _("turns of organizations")
        ordering = ("-began_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(ended_at=None), name="requests_app_one_turn_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(answered_at__isnull=False, answered_at__lte=F("ended_at")),
                name="requests_app_turn_ends_with_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(is_handed_on=False) | Q(ended_at__isnull=False), name="requests_app_turn_handed_on_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} · {self.organization}"
