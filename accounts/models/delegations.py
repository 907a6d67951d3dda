from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import OrganizationRole
from .organizations import Organization
from .people import User


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, day: date) -> "DelegationQuerySet":
        """Those that hold on a day, as long as the official is one and the delegate is of the organization."""
        officials: Any = {"delegator__memberships__organization": F("organization"), "delegator__is_active": True}
        return (
            self.filter(revoked_at=None, starts_on__lte=day, ends_on__gte=day)
            .filter(delegator__memberships__role=OrganizationRole.IMSO, **officials)
            .filter(delegate__memberships__organization=F("organization"))
            .distinct()
        )


class Delegation(models.Model):
    """A senior official lets another person of the organization sign on their behalf, from a day to a day, both included."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="delegations", verbose_name=_("organization"))
    delegator = models.ForeignKey(User, models.CASCADE, related_name="delegations_given", verbose_name=_("official"))
    delegate = models.ForeignKey(User, models.CASCADE, related_name="delegations_received", verbose_name=_("delegate"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("ended early"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("-starts_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="accounts_delegation_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(delegate=F("delegator")),
                name="accounts_delegation_to_another",
                violation_error_message=_("Nobody delegates to themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegator} → {self.delegate}"
