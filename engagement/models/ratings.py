from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


def _no_star() -> list[int]:
    return [0, 0, 0, 0, 0]


class AbstractRating(models.Model):
    """What one person thinks of one thing, from one to five stars. Each board has a table of them, with a foreign key `thing`.

    `counted` is what the thing's score holds of it, so that nothing of the score stands on the writing path and its person sees
    their own rating at once. With no stars it was taken back: the job takes it out of the score, and deletes it. Who deletes
    their account leaves the rating without them.
    """

    rater = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("person"))
    stars = models.PositiveSmallIntegerField(_("stars"))
    counted = models.PositiveSmallIntegerField(_("stars in the score"), default=0, editable=False)
    rated_at = models.DateTimeField(_("rated"), editable=False)

    if TYPE_CHECKING:
        thing: Any
        thing_id: Any

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["thing", "rater"], name="%(app_label)s_%(class)s_one_per_person"),
            models.CheckConstraint(condition=Q(stars__range=(0, 5)), name="%(app_label)s_%(class)s_stars_to_five"),
            models.CheckConstraint(condition=Q(counted__range=(0, 5)), name="%(app_label)s_%(class)s_counted_to_five"),
        ]
        indexes = [models.Index(fields=["id"], condition=~Q(stars=F("counted")), name="%(class)s_uncounted")]

    def __str__(self) -> str:
        return f"{self.thing} · {self.stars}"


class AbstractScore(models.Model):
    """What the ratings of a thing come to, as a job counted them last. The key is a one-to-one field `thing`."""

    distribution = models.JSONField(_("how many gave one star, two, … five"), default=_no_star, editable=False)
    number = models.PositiveIntegerField(_("ratings"), default=0, editable=False)
    mean = models.FloatField(_("Bayesian mean"), editable=False, db_index=True)

    if TYPE_CHECKING:
        thing: Any
        thing_id: Any

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(mean__range=(1, 5)), name="%(app_label)s_%(class)s_mean_to_five")]

    def __str__(self) -> str:
        return f"{self.thing} · {self.mean:.2f}"
