"""Who can log in to the demonstration: somebody for each role, some of them in French."""

from collections.abc import Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.enums import OrganizationRole, PortalRole
from accounts.models import Organization, User
from accounts.services import appointments, memberships

# Known to everybody: `seed_demo` refuses where the portal is for real.
PASSWORD = "open-data-for-all"  # noqa: S105
PUBLISHER = "publisher@example.org"


@dataclass(frozen=True, slots=True)
class Team:
    """Who leads the records of a department, by their addresses."""

    department: str
    editor: str
    reviewer: str
    official: str


TEAM = Team("ec", "editor@example.org", "reviewer@example.org", "imso@example.org")
OTHER_TEAM = Team("statcan", "statcan-editor@example.org", "statcan-reviewer@example.org", "statcan-imso@example.org")
# Writes as an editor what another official of the department must sign.
OWN_OFFICIAL = Team("statcan", "statcan-editor-imso@example.org", OTHER_TEAM.reviewer, OTHER_TEAM.official)


@dataclass(frozen=True, slots=True)
class Person:
    """`roles` are the portal's, or those of a department, which is named."""

    email: str
    name: str
    language: str
    roles: tuple[PortalRole | OrganizationRole, ...] = ()
    department: str = ""

    @property
    def role_label(self) -> str:
        labels = " + ".join(str(role.label) for role in self.roles) or "Citizen"
        return f"{labels}, {self.department}" if self.department else labels


PEOPLE = (
    Person("admin@example.org", "Amara Okafor", "en", (PortalRole.ADMINISTRATOR,)),
    Person(PUBLISHER, "Étienne Gagnon", "fr", (PortalRole.PUBLISHER,)),
    Person("moderator@example.org", "Priya Raman", "en", (PortalRole.MODERATOR,)),
    Person("author@example.org", "Noémie Tremblay", "fr", (PortalRole.AUTHOR,)),
    Person("member@example.org", "Liam Chartrand", "en", (OrganizationRole.MEMBER,), TEAM.department),
    Person(TEAM.editor, "Maïka Bellefleur", "fr", (OrganizationRole.EDITOR,), TEAM.department),
    Person(TEAM.reviewer, "Jun Watanabe", "en", (OrganizationRole.REVIEWER,), TEAM.department),
    Person(TEAM.official, "Solange Arsenault", "fr", (OrganizationRole.IMSO,), TEAM.department),
    Person(OTHER_TEAM.editor, "Grace Obed", "en", (OrganizationRole.EDITOR,), OTHER_TEAM.department),
    Person(OTHER_TEAM.reviewer, "Luc Thériault", "fr", (OrganizationRole.REVIEWER,), OTHER_TEAM.department),
    Person(OTHER_TEAM.official, "Harpreet Gill", "en", (OrganizationRole.IMSO,), OTHER_TEAM.department),
    Person(
        OWN_OFFICIAL.editor, "Mireille Caron", "fr", (OrganizationRole.EDITOR, OrganizationRole.IMSO), OWN_OFFICIAL.department
    ),
    Person("citizen@example.org", "Dana Whitefeather", "en"),
    Person("citoyenne@example.org", "Océane Lavoie", "fr"),
)


@transaction.atomic
def save_people(organizations: Mapping[str, Organization]) -> int:
    """Make the accounts that are missing, confirmed and with their roles. An account that is there keeps its password.

    Args:
        organizations: by name, with every department that `PEOPLE` name.

    Returns:
        How many were made.
    """
    there = set(User.objects.filter(email__in=[person.email for person in PEOPLE]).values_list("email", flat=True))
    missing = [person for person in PEOPLE if person.email not in there]
    password = make_password(PASSWORD)
    for person in missing:
        user = User.objects.create(email=person.email, password=password, display_name=person.name, language=person.language)
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
        for role in person.roles:
            if isinstance(role, PortalRole):
                appointments.appoint(user=user, role=role, actor=None)
            else:
                memberships.grant(user=user, organization=organizations[person.department], role=role, actor=None)
    return len(missing)
