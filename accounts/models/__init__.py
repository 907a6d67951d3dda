from .activity import Activity
from .delegations import Delegation, DelegationQuerySet
from .notifications import Notice, NotificationPreference
from .organizations import Organization
from .people import Invitation, Membership, PortalAppointment, User

__all__ = [
    "Activity",
    "Delegation",
    "DelegationQuerySet",
    "Invitation",
    "Membership",
    "Notice",
    "NotificationPreference",
    "Organization",
    "PortalAppointment",
    "User",
]
