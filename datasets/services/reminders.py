"""Tell people by mail which public datasets of theirs are late: one mail a person, with all that is new to say."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

import rules
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.enums import OrganizationRole
from accounts.models import Membership, User
from opengov.locks import lock
from opengov.mail import send_mail_to

from ..enums import FreshnessState
from ..models import Dataset, Reminder
from ..selectors.freshness import conditions, dated, lines

AGAIN = timedelta(days=30)
MOST_LISTED = 20
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Late:
    """A late dataset. `email` is its contact, in small letters; `is_ours`: it was released here, and not taken from a source."""

    id: UUID
    updated_on: date
    owner: UUID | None
    email: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person, or (without one) an address that is no account's."""

    person: UUID | None
    address: str = ""


def remind(*, now: datetime) -> int:
    """Mail those who answer for late datasets, unless they were told of the same lateness in the last `AGAIN`.

    That is the contact of the record where it has an account; else the editors of the department; else the contact's bare
    address, in both languages, but never for a record from another catalogue: who keeps it is told there.

    A crash in the middle leaves each recipient either told and noted, or neither. Asked again, sends nothing.

    Returns:
        The number of mails.
    """
    with lock("datasets.reminders"):
        owed = _owed(now)
        people = User.objects.in_bulk([recipient.person for recipient in owed if recipient.person])
        for recipient, late in owed.items():
            _tell(recipient, people.get(recipient.person) if recipient.person else None, late, now)
    return len(owed)


def _owed(now: datetime) -> Mapping[Recipient, list[Late]]:
    owed: dict[Recipient, list[Late]] = defaultdict(list)
    for batch in _batches(timezone.localdate(now)):
        told = _told([late.id for late in batch], now)
        accounts, editors = _accounts({late.email for late in batch}), _editors({late.owner for late in batch})
        for late in batch:
            for recipient in _recipients(late, accounts, editors):
                if (late.id, late.updated_on, recipient) not in told:
                    owed[recipient].append(late)
    return owed


def _batches(today: date) -> Iterator[list[Late]]:
    found = dated(Dataset.objects.published()).filter(conditions(today)[FreshnessState.LATE]).annotate(day=F("updated_on"))
    columns = ("pk", "day", "owner_org", "maintainer_email", "approved_at_source")
    rows = found.order_by().values_list(*columns).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield [Late(pk, day, owner, email.strip().lower(), not source) for pk, day, owner, email, source in batch]


def _told(ids: Collection[UUID], now: datetime) -> set[tuple[UUID, date, Recipient]]:
    rows = Reminder.objects.filter(dataset__in=ids, sent_at__gt=now - AGAIN)
    columns = rows.values_list("dataset", "updated_on", "person", "address")
    return {(dataset, day, Recipient(person, address)) for dataset, day, person, address in columns}


def _accounts(emails: Collection[str]) -> dict[str, UUID]:
    small = User.objects.filter(is_active=True).annotate(small=Lower("email"))
    return dict(small.filter(small__in=emails).values_list("small", "pk"))


def _editors(organizations: Set[UUID | None]) -> Mapping[UUID | None, list[UUID]]:
    rows = Membership.objects.filter(role=OrganizationRole.EDITOR, organization__in=organizations - {None}, user__is_active=True)
    found: dict[UUID | None, list[UUID]] = defaultdict(list)
    for organization, person in rows.values_list("organization", "user"):
        found[organization].append(person)
    return found


def _recipients(late: Late, accounts: Mapping[str, UUID], editors: Mapping[UUID | None, Sequence[UUID]]) -> list[Recipient]:
    if account := accounts.get(late.email):
        return [Recipient(account)]
    if found := editors.get(late.owner):
        return [Recipient(person) for person in found]
    return [Recipient(None, late.email)] if late.is_ours and _is_address(late.email) else []


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def _tell(recipient: Recipient, person: User | None, late: list[Late], now: datetime) -> None:
    late.sort(key=lambda each: (each.updated_on, each.id))
    _note(recipient, late, now)
    first = [each.id for each in late[:MOST_LISTED]]
    datasets = Dataset.objects.in_bulk(first)
    context = {
        "lines": lines([datasets[pk] for pk in first], timezone.localdate(now)),
        "total": len(late),
        "more": len(late) - len(first),
        "days": AGAIN.days,
        "may_see_all": person is not None and rules.has_perm("datasets.see_numbers", person),
    }
    if person:
        send_mail_to(user_or_address=person, language=person.language, template="datasets/mail/late", context=context)
    else:
        template = "datasets/mail/late_bilingual"
        send_mail_to(user_or_address=recipient.address, language="en", template=template, context=context)


def _note(recipient: Recipient, late: Sequence[Late], now: datetime) -> None:
    """In place of what was noted of earlier reminders."""
    to = {"person_id": recipient.person, "address": recipient.address}
    for start in range(0, len(late), BATCH):
        part = late[start : start + BATCH]
        Reminder.objects.filter(**to, dataset__in=[each.id for each in part]).delete()
        Reminder.objects.bulk_create(Reminder(**to, dataset_id=each.id, updated_on=each.updated_on, sent_at=now) for each in part)
