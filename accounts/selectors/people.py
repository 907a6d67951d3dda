"""Who is in an organization or holds a portal role, and who was invited."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Invitation, Membership, Organization, PortalAppointment, User


@dataclass(frozen=True)
class Person:
    """A person with the rows that give them their roles."""

    user: User
    roles: list[Membership | PortalAppointment]


def people_of(organization: Organization) -> list[Person]:
    """The people of an organization by name, each with their memberships in the order in which they came."""
    rows = Membership.objects.filter(organization=organization).select_related("user", "organization")
    return _by_person(rows.order_by("pk"))


def appointed_people() -> list[Person]:
    """The people with a portal role by name, each with their appointments in the order in which they came."""
    return _by_person(PortalAppointment.objects.select_related("user").order_by("pk"))


def waiting_invitations(organization: Organization | None) -> list[Invitation]:
    """Invitations that were neither accepted nor withdrawn, newest first; to portal roles where `organization` is None."""
    rows = Invitation.objects.waiting().filter(organization=organization)
    return list(rows.select_related("invited_by", "organization").order_by("-created_at"))


def _by_person(rows: Iterable[Membership | PortalAppointment]) -> list[Person]:
    people: dict[object, Person] = {}
    for row in rows:
        people.setdefault(row.user_id, Person(row.user, [])).roles.append(row)
    return sorted(people.values(), key=lambda person: str(person.user).casefold())
