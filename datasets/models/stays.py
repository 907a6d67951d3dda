from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import RevisionState
from .revisions import Revision


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, user: "User | AnonymousUser | None") -> "StayQuerySet":
        """Those of the revisions that the person sees."""
        return self.filter(revision__in=Revision.objects.visible_to(user))


class Stay(models.Model):
    """How long a revision stood in a state that it has left. Rows are only ever added, by `services.passage.enter`.

    The state that it is in now, and since when, stand in the revision itself.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="stays", verbose_name=_("revision"))
    state = models.CharField(_("state"), max_length=20, choices=RevisionState)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("to"))

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RevisionState.OPEN), name="datasets_stay_in_an_open_state"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="datasets_stay_ends_after_it_began"),
        ]
        indexes = [models.Index(fields=["until"], name="datasets_stay_until")]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_state_display()}"
