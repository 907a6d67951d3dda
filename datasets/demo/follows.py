"""What the demonstration's people follow: so that what happens next is news to somebody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.models import Organization, User
from engagement.boards import board_of
from engagement.services.follows import follow

from ..enums import Vocabulary
from ..models import Dataset, Term
from .people import PEOPLE, TEAM

DATASETS = 3  # of the department, each
SUBJECTS = ("nature_and_environment", "transport")


def save_follows(now: datetime) -> int:
    """Let who has no role follow a department, some of its datasets and subjects. Returns how many people."""
    people = User.objects.filter(email__in=[person.email for person in PEOPLE if not person.roles]).order_by("email")
    things: dict[str, Sequence[Any]] = {
        "organizations": list(Organization.objects.filter(name=TEAM.department)),
        "datasets": list(Dataset.objects.published().filter(owner_org__name=TEAM.department).order_by("name")[:DATASETS]),
        "subjects": list(Term.objects.of(Vocabulary.SUBJECT).filter(code__in=SUBJECTS)),
    }
    for person in people:
        for key, found in things.items():
            for thing in found:
                follow(board=board_of(key), thing=thing, person=person, now=now)
    return len(people)
