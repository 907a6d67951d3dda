from .activity import Activity
from .delegations import Delegation, DelegationQuerySet
from .notifications import Notification, NotificationPreference
from .organizations import Organization
from .people import Invitation, Membership, PortalAppointment, User

__all__ = [
    "Activity",
    "Delegation",
    "DelegationQuerySet",
    "Invitation",
    "Membership",
    "Notification",
    "NotificationPreference",
    "Organization",
    "PortalAppointment",
    "User",
]
