import uuid
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import VoteState
from .hints import Invalidation


class Votable(models.Model):
    """A thing that people vote for. The column is what the job counted last; nothing on the voting path touches it."""

    votes_counted = models.PositiveIntegerField(_("votes"), default=0, editable=False, db_index=True)

    class Meta:
        abstract = True


class VoteQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Not withdrawn by the voter."""
        return self.filter(withdrawn_at=None)

    def counted(self) -> Self:
        """The twin of `AbstractVote.state` being `counted`."""
        return self.filter(withdrawn_at=None, is_provisional=False, invalidation=None)


class AbstractVote(models.Model):
    """One person's vote for one thing of a board. Each board has a table of them, with a foreign key `thing` to what it is for.

    One person is one account and one mailbox, both by constraint. Rows are never deleted: what is withdrawn or set aside says so,
    and each change has its line in the log, which knows the vote by `ballot`. Who deletes their account leaves the vote and the
    keyed hash of the address, which leads to nobody without the portal's key and keeps the same mailbox from voting again.
    """

    ballot = models.UUIDField(_("ballot"), default=uuid.uuid4, unique=True, editable=False)
    voter = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("voter"))
    voter_key = models.CharField(_("keyed hash of the address"), max_length=64, editable=False)
    cast_at = models.DateTimeField(_("cast"), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    flags = models.JSONField(_("reasons for a check"), default=list, editable=False)
    is_provisional = models.BooleanField(_("being checked"), default=False, editable=False)
    invalidation = models.ForeignKey(
        Invalidation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("invalidation")
    )

    objects = VoteQuerySet.as_manager()

    if TYPE_CHECKING:
        thing: Any
        thing_id: Any
        invalidation_id: int | None

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["thing", "voter_key"], name="%(app_label)s_%(class)s_one_per_voter"),
            models.UniqueConstraint(fields=["thing", "voter"], name="%(app_label)s_%(class)s_one_per_account"),
        ]

    def __str__(self) -> str:
        return f"{self.thing} · {self.state.label}"

    @property
    def state(self) -> VoteState:
        if self.withdrawn_at is not None:
            return VoteState.WITHDRAWN
        if self.invalidation_id is not None:
            return VoteState.INVALIDATED
        return VoteState.PROVISIONAL if self.is_provisional else VoteState.COUNTED
