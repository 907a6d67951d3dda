import ipaddress
import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class HintSalt(models.Model):
    """What hints are hashed with for a week. It goes with them: then nobody can tell what they were made of."""

    made_at = models.DateTimeField(_("made"))
    salt = models.CharField(_("salt"), max_length=64, default=secrets.token_hex)

    class Meta:
        verbose_name = _("salt of hints")
        verbose_name_plural = _("salts of hints")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


class VoteHint(models.Model):
    """Whence a vote came, as far as it takes to find votes that one hand cast. It stands beside the log, and is deleted in time.

    Networks (a /64 of IPv6), browsers and shapes of addresses are hashed with the salt of the week; the mail domain is not.
    """

    board = models.CharField(_("board"), max_length=40)
    thing = models.CharField(_("identifier of what it is for"), max_length=36)
    ballot = models.UUIDField(_("ballot"), unique=True)
    network = models.CharField(_("hashed network"), max_length=64, blank=True)
    browser = models.CharField(_("hashed browser"), max_length=64, blank=True)
    shape = models.CharField(_("hashed shape of the address"), max_length=64, blank=True)
    domain = models.CharField(_("mail domain"), max_length=255, blank=True)
    is_new_account = models.BooleanField(_("account of the same day"), default=False)
    is_trusted_network = models.BooleanField(_("from a trusted network"), default=False)
    at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("hint about a vote")
        verbose_name_plural = _("hints about votes")

    def __str__(self) -> str:
        return str(self.ballot)


def validate_network(text: str) -> None:
    try:
        ipaddress.ip_network(text)
    except ValueError as error:
        raise ValidationError(_("Write a network as 192.0.2.0/24 or 2001:db8::/32."), code="network") from error


class TrustedNetwork(models.Model):
    """A place where many honest people vote, such as a hub: its votes are not taken for those of one hand, for a time."""

    network = models.CharField(_("network"), max_length=50, validators=[validate_network])
    label = models.CharField(_("place"), max_length=200)
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("trusted network")
        verbose_name_plural = _("trusted networks")
        ordering = ("-until",)

    def __str__(self) -> str:
        return f"{self.label} · {self.network}"


class Invalidation(models.Model):
    """Votes of one hand taken out of the count, by conditions, for a reason, by two people; it can be taken back.

    `conditions` are those of `services.invalidations.Conditions`, with marks in place of addresses. The votes are never deleted:
    each names its invalidation. A proposal that is taken back before anybody approved it takes nothing out, for good.
    """

    board = models.CharField(_("board"), max_length=40)
    conditions = models.JSONField(_("conditions"))
    reason = models.TextField(_("reason"), max_length=2000)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("approved by"))
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    number = models.PositiveIntegerField(_("votes taken out"), default=0)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("invalidation of votes")
        verbose_name_plural = _("invalidations of votes")
        ordering = ("-proposed_at",)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="engagement_invalidation_with_a_reason"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="engagement_invalidation_by_two"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(approved_at=None) | Q(undone_at__gte=F("approved_at")),
                name="engagement_invalidation_undone_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board} · {self.proposed_at:%Y-%m-%d} · {self.reason[:60]}"

    @property
    def is_waiting(self) -> bool:
        """A second person has yet to approve it."""
        return self.approved_at is None and self.undone_at is None

    @property
    def is_in_force(self) -> bool:
        return self.approved_at is not None and self.undone_at is None
