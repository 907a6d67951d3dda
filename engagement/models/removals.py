from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class TrailRemoval(models.Model):
    """That everything somebody wrote was hidden at once. `before` is what it was: for taking the removal back.

    `before` maps the key of a kind to the numbers of its items, each with the state that it had.
    """

    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("writer"))
    moderator = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("moderator"))
    reason = models.TextField(_("reason"), max_length=1000)
    before = models.JSONField(_("what was hidden"), default=dict, editable=False)
    at = models.DateTimeField(_("time"))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("removal of a trail")
        verbose_name_plural = _("removals of trails")
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="engagement_removal_with_a_reason"),
            models.UniqueConstraint(
                fields=["author"], condition=models.Q(undone_at=None), name="engagement_removal_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author} · {self.at:%Y-%m-%d}"
