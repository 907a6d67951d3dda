"""Who can log in to the demonstration: somebody for each role, some of them in French."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Organization, User
from accounts.services import appointments, memberships

# Known to everybody: `seed_demo` refuses where the portal is for real.
PASSWORD = "open-data-for-all"  # noqa: S105
DEPARTMENT = "ec"
PUBLISHER = "publisher@example.org"
EDITOR = "editor@example.org"
REVIEWER = "reviewer@example.org"
IMSO = "imso@example.org"


@dataclass(frozen=True, slots=True)
class Person:
    """`role` is one of the portal's, one of the department's, or none."""

    email: str
    name: str
    language: str
    role: PortalRole | OrganizationRole | None

    @property
    def role_label(self) -> str:
        return str(self.role.label) if self.role else "Citizen"


PEOPLE = (
    Person("admin@example.org", "Amara Okafor", "en", PortalRole.ADMINISTRATOR),
    Person(PUBLISHER, "Étienne Gagnon", "fr", PortalRole.PUBLISHER),
    Person("moderator@example.org", "Priya Raman", "en", PortalRole.MODERATOR),
    Person("author@example.org", "Noémie Tremblay", "fr", PortalRole.AUTHOR),
    Person("member@example.org", "Liam Chartrand", "en", OrganizationRole.MEMBER),
    Person(EDITOR, "Maïka Bellefleur", "fr", OrganizationRole.EDITOR),
    Person(REVIEWER, "Jun Watanabe", "en", OrganizationRole.REVIEWER),
    Person(IMSO, "Solange Arsenault", "fr", OrganizationRole.IMSO),
    Person("citizen@example.org", "Dana Whitefeather", "en", None),
    Person("citoyenne@example.org", "Océane Lavoie", "fr", None),
)


@transaction.atomic
def save_people(organization: Organization) -> int:
    """Make the accounts that are missing, confirmed and with their role. An account that is there keeps its password.

    Returns:
        How many were made.
    """
    there = set(User.objects.filter(email__in=[person.email for person in PEOPLE]).values_list("email", flat=True))
    missing = [person for person in PEOPLE if person.email not in there]
    password = make_password(PASSWORD)
    for person in missing:
        user = User.objects.create(email=person.email, password=password, display_name=person.name, language=person.language)
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
        if isinstance(person.role, PortalRole):
            appointments.appoint(user=user, role=person.role, actor=None)
        elif person.role:
            memberships.grant(user=user, organization=organization, role=person.role, actor=None)
    return len(missing)
