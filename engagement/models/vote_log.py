import hashlib
from datetime import UTC

import orjson
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ..enums import VoteEventKind, VoteState


class VoteEventQuerySet(models.QuerySet["VoteEvent"]):
    def unchained(self) -> "VoteEventQuerySet":
        """The lines that have no place in the chain yet."""
        return self.filter(~Exists(ChainLink.objects.filter(event_id=OuterRef("pk"))))


class VoteEvent(models.Model):
    """One line of the log of all boards: what became of a ballot. Lines are added, never changed, and name no person."""

    board = models.CharField(_("board"), max_length=40)
    thing = models.CharField(_("identifier of what it is for"), max_length=36)
    ballot = models.UUIDField(_("ballot"), db_index=True)
    kind = models.CharField(_("what happened"), max_length=12, choices=VoteEventKind)
    state = models.CharField(_("state after it"), max_length=12, choices=VoteState)
    at = models.DateTimeField(_("time"))

    objects = VoteEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a vote")
        verbose_name_plural = _("log of votes")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=VoteEventKind.values), name="engagement_event_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=VoteState.values), name="engagement_event_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.board} {self.thing}"

    def digest_after(self, previous: str, position: int) -> str:
        """What the chain says at this line, given what it said before it: SHA-256 in hexadecimal."""
        words = [previous, position, self.pk, self.board, self.thing, str(self.ballot), self.kind, self.state]
        return hashlib.sha256(orjson.dumps([*words, self.at.astimezone(UTC).isoformat()])).hexdigest()


class ChainLink(models.Model):
    """Where a line of the log stands in the chain: a digest over all lines up to it. Made by a job, after the lines were written.

    It holds the line's number and no foreign key, so that a line that was deleted leaves its place.
    """

    position = models.PositiveBigIntegerField(_("position"), primary_key=True)
    event_id = models.BigIntegerField(_("line of the log"), unique=True)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("link of the chain")
        verbose_name_plural = _("chain of the log")
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.position} · {self.digest[:12]}"


class ChainSeal(models.Model):
    """The head of the chain at an hour. `seal`, a keyed digest that tells nothing of how many votes there were, is published.

    Whoever keeps a published seal can prove that a log from which something was cut is not the one that was sealed.
    """

    at = models.DateTimeField(_("time"), unique=True)
    position = models.PositiveBigIntegerField(_("position"))
    digest = models.CharField(_("digest"), max_length=64)
    seal = models.CharField(_("seal"), max_length=64)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} · {self.seal[:12]}"


class Proof(models.Model):
    """What a recount found: a fault a line, `where: text`; none where all agreed."""

    at = models.DateTimeField(_("time"), db_index=True)
    lines = models.PositiveBigIntegerField(_("lines of the log"))
    faults = models.JSONField(_("faults"), default=list, blank=True)

    class Meta:
        verbose_name = _("recount")
        verbose_name_plural = _("recounts")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
