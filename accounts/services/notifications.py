"""Mail people at the pace they chose: at once, or gathered in a digest; never what they do not want."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from opengov.mail import send_mail_to, subject_of

from ..enums import Pace
from ..models import Notice, NotificationPreference, User
from ..notifications import kind_of, kinds

SALT = "accounts.notifications"
ALL = ""  # the kind that a digest's header names: whatever is in it


def notify(
    *,
    people: Iterable[User],
    kind: str,
    template: str,
    link: Callable[[], str],
    now: datetime,
    context: Mapping[str, Any] | None = None,
) -> None:
    """Tell each in their language, once the transaction has committed or with their next digest. One query for all choices.

    Args:
        template: of the mail, as `send_mail_to` has it; its subject is the line of a digest.
        link: the path of the page that it is about, in the active language. Templates have it as `address`.
    """
    everybody = list(people)
    chosen = paces(kind, everybody)
    waiting = []
    for person in everybody:
        with translation.override(person.language):
            said = {"address": settings.SITE_URL + link()} | dict(context or {})
        if chosen[person.pk] == Pace.AT_ONCE:
            send_mail_to(
                user_or_address=person,
                language=person.language,
                template=template,
                context=said,
                headers=headers(person, kind),
            )
        elif chosen[person.pk] != Pace.OFF:
            text = subject_of(template, language=person.language, context=said)
            waiting.append(Notice(person=person, kind=kind, pace=chosen[person.pk], text=text, address=said["address"], at=now))
    Notice.objects.bulk_create(waiting)


def paces(kind: str, people: Iterable[User]) -> dict[UUID, Pace]:
    """How often each wants mails of a kind."""
    found = {person.pk: kind_of(kind).default for person in people}
    rows = NotificationPreference.objects.filter(kind=kind, person__in=list(found))
    return found | {pk: Pace(pace) for pk, pace in rows.values_list("person", "pace")}


@transaction.atomic
def choose(*, person: User, choices: Mapping[str, Pace]) -> None:
    """Keep how often a person wants each kind of mail. What waits goes with the new digest, or is dropped with no mail at all."""
    for kind, pace in choices.items():
        NotificationPreference.objects.update_or_create(person=person, kind=kind, defaults={"pace": pace})
        waiting = Notice.objects.filter(person=person, kind=kind)
        if pace == Pace.OFF:
            waiting.delete()
        elif pace in Pace.DIGESTS:
            waiting.update(pace=pace)


@transaction.atomic
def send_digest(*, person: User, pace: Pace) -> int:
    """Mail what waits for a person at a pace, and forget it; of two at once, one finds nothing. Returns how many lines."""
    waiting = list(Notice.objects.select_for_update().filter(person=person, pace=pace))
    if not waiting:
        return 0
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).delete()
    with translation.override(person.language):
        address = settings.SITE_URL + reverse("accounts:notification-edit")
    send_mail_to(
        user_or_address=person,
        language=person.language,
        template="accounts/mail/digest",
        context={"notices": waiting, "address": address},
        headers=headers(person, ALL),
    )
    return len(waiting)


def headers(person: User, kind: str) -> dict[str, str]:
    """What a mail program needs to offer an end to these mails, in one step (RFC 2369, RFC 8058)."""
    with translation.override(person.language):
        path = reverse("accounts:notification-stop", args=[token(person, kind)])
    return {"List-Unsubscribe": f"<{settings.SITE_URL}{path}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def token(person: User, kind: str) -> str:
    """Whoever has it may end these mails of the person, and nothing else."""
    return signing.dumps([str(person.pk), kind], salt=SALT)


def stop(*, person: User, kind: str) -> None:
    """End the mails of a kind, or of all kinds that come in digests. Asked again, changes nothing."""
    ended = [kind] if kind else [each.key for each in kinds() if paces(each.key, [person])[person.pk] in Pace.DIGESTS]
    choose(person=person, choices=dict.fromkeys(ended, Pace.OFF))


def who_stops(token: str) -> tuple[User, str] | None:
    """The person and the kind that a token names; nothing where it is not ours, or the person has left."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    return (person, kind) if person else None
