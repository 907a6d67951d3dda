from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class AbstractFollow(models.Model):
    """That a person wants to hear of a thing of a board. Each board has a table of them, with a foreign key `thing`.

    It is nobody's business but theirs: the public sees no number, and it goes with the account.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    since = models.DateTimeField(_("since"))

    if TYPE_CHECKING:
        thing: Any
        thing_id: Any

    class Meta:
        abstract = True
        ordering = ("-since", "-pk")
        constraints = [models.UniqueConstraint(fields=["thing", "person"], name="%(app_label)s_%(class)s_once")]
        indexes = [models.Index(fields=["person", "-since"], name="%(class)s_own")]

    def __str__(self) -> str:
        return str(self.thing)
