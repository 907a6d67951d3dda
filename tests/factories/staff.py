"""The portal's staff, by what they hold."""

from django.test import Client

from accounts.enums import PortalRole
from tests.factories.accounts import AppointmentFactory, MembershipFactory, UserFactory


def staff(role):
    """A person of the portal's staff: a portal role, or `operator`."""
    if role == "operator":
        return UserFactory(is_superuser=True, is_staff=True)
    return AppointmentFactory(role=PortalRole(role)).user


def clients():
    """A client for each kind of person there is, by the names that the matrices use."""
    people = {
        "anonymous": None,
        "person": UserFactory(),
        "member": MembershipFactory().user,
        **{role.value: staff(role) for role in PortalRole},
        "operator": staff("operator"),
    }
    made = {name: Client() for name in people}
    for name, user in people.items():
        if user:
            made[name].force_login(user)
    return made
