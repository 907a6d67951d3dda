from .activity import Activity
from .organizations import Organization
from .people import Invitation, Membership, PortalAppointment, User

__all__ = ["Activity", "Invitation", "Membership", "Organization", "PortalAppointment", "User"]
