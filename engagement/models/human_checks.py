from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import HumanCheckWay


class HumanCheck(models.Model):
    """That a person showed once that no program votes in their name; or the code that was mailed to them for it."""

    user = models.OneToOneField(User, models.CASCADE, related_name="human_check", verbose_name=_("person"))
    passed_at = models.DateTimeField(_("passed"), null=True, editable=False)
    way = models.CharField(_("way"), max_length=10, choices=HumanCheckWay, blank=True, editable=False)
    code_hash = models.CharField(_("keyed hash of the code"), max_length=64, blank=True, editable=False)
    code_sent_at = models.DateTimeField(_("code sent"), null=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("wrong codes"), default=0, editable=False)

    class Meta:
        verbose_name = _("check of a person")
        verbose_name_plural = _("checks of people")
        constraints = [
            models.CheckConstraint(
                condition=Q(passed_at=None, way="") | Q(passed_at__isnull=False, way__in=HumanCheckWay.values),
                name="engagement_check_passed_by_a_way",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class UsedChallenge(models.Model):
    """A challenge that was solved: it works once. Deleted when it would have expired anyway."""

    challenge = models.CharField(_("challenge"), max_length=128, unique=True)
    used_at = models.DateTimeField(_("used"), db_index=True)

    class Meta:
        verbose_name = _("used challenge")
        verbose_name_plural = _("used challenges")

    def __str__(self) -> str:
        return self.challenge[:12]
