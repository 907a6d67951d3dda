"""Letting somebody sign on an official's behalf, for some days."""

from datetime import date, datetime

from django.db import transaction

from ..activity import record
from ..models import Delegation, Organization, User


@transaction.atomic
def delegate(*, organization: Organization, delegator: User, delegate: User, starts_on: date, ends_on: date) -> Delegation:
    """Record a delegation; both days are in it.

    Raises:
        ValidationError: the last day is before the first, or an official names themselves.
    """
    row = Delegation(organization=organization, delegator=delegator, delegate=delegate, starts_on=starts_on, ends_on=ends_on)
    row.full_clean()
    row.save()
    delegate.forget_roles()
    record("delegation.grant", delegate, delegator, details=_details(row))
    return row


@transaction.atomic
def revoke(*, delegation: Delegation, actor: User, now: datetime) -> None:
    """End a delegation before its last day. Asked again, changes nothing."""
    if Delegation.objects.filter(pk=delegation.pk, revoked_at=None).update(revoked_at=now):
        delegation.delegate.forget_roles()
        record("delegation.revoke", delegation.delegate, actor, details=_details(delegation))


def _details(row: Delegation) -> dict[str, str]:
    titles = {f"title_{language}": getattr(row.organization, f"title_{language}") or "" for language in ("en", "fr")}
    days = {"starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    return {"organization": row.organization.name, **titles, **days}
