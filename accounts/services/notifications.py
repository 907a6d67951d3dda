"""Tell people what happens, on a page of their account and by mail, at the pace they chose: at once, in a digest, or never."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from opengov.mail import send_mail_to, subject_of

from ..enums import Pace
from ..models import Notification, NotificationPreference, User
from ..notifications import kind_of, kinds

SALT = "accounts.notifications"
KEPT = timedelta(days=180)
ALL = ""  # the kind that a digest's header names: whatever is in it


def notify(
    *,
    people: Iterable[User],
    kind: str,
    template: str,
    link: Callable[[], str],
    now: datetime,
    context: Mapping[str, Any] | None = None,
    event: str = "",
) -> None:
    """Tell each in their language, on their page of notifications, and by mail at their pace. A constant number of queries.

    A mail goes once the transaction has committed, or with their next digest.

    Args:
        template: of the mail, as `send_mail_to` has it; its subject is the line of the page and of a digest.
        link: the path of the page that it is about, in the active language. Templates have it as `address`.
        event: what happened, `datasets.release:…`. Who was told of it already is not told again, by whatever kind.
    """
    everybody = _untold(list(people), event)
    chosen = paces(kind, everybody)
    rows = []
    for person in everybody:
        pace = chosen[person.pk]
        with translation.override(person.language):
            said = {"address": settings.SITE_URL + link()} | dict(context or {})
            text = subject_of(template, language=person.language, context=said)
        if pace == Pace.AT_ONCE:
            send_mail_to(
                user_or_address=person,
                language=person.language,
                template=template,
                context=said,
                headers=headers(person, kind),
            )
        digest = pace if pace in Pace.DIGESTS else ""
        rows.append(
            Notification(person=person, kind=kind, event=event, digest=digest, text=text, address=said["address"], at=now)
        )
    Notification.objects.bulk_create(rows, batch_size=500)


def _untold(people: list[User], event: str) -> list[User]:
    if not event:
        return people
    told = set(Notification.objects.filter(event=event, person__in=people).values_list("person", flat=True))
    return [person for person in people if person.pk not in told]


def paces(kind: str, people: Iterable[User]) -> dict[UUID, Pace]:
    """How often each wants mails of a kind."""
    found = {person.pk: kind_of(kind).default for person in people}
    rows = NotificationPreference.objects.filter(kind=kind, person__in=list(found))
    return found | {pk: Pace(pace) for pk, pace in rows.values_list("person", "pace")}


@transaction.atomic
def choose(*, person: User, choices: Mapping[str, Pace]) -> None:
    """Keep how often a person wants each kind of mail. What waits goes with the new digest; with no mail at all, in none."""
    for kind, pace in choices.items():
        NotificationPreference.objects.update_or_create(person=person, kind=kind, defaults={"pace": pace})
        waiting = Notification.objects.filter(person=person, kind=kind).exclude(digest="")
        if pace != Pace.AT_ONCE:
            waiting.update(digest=pace if pace in Pace.DIGESTS else "")


@transaction.atomic
def send_digest(*, person: User, pace: Pace) -> int:
    """Mail what waits for a person at a pace; of two at once, one finds nothing. Returns how many lines."""
    rows = Notification.objects.select_for_update().filter(person=person, digest=pace)
    waiting = list(rows.order_by("at", "id"))
    if not waiting:
        return 0
    Notification.objects.filter(pk__in=[row.pk for row in waiting]).update(digest="")
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


def read(*, person: User, now: datetime, pk: int | None = None, kind: str = "") -> int:
    """Mark one notification of a person as read, or all, or all of a kind. Returns how many were not."""
    rows = Notification.objects.unread().filter(person=person)
    if pk is not None:
        rows = rows.filter(pk=pk)
    return (rows.filter(kind=kind) if kind else rows).update(read_at=now)


def forget(*, now: datetime) -> int:
    """Delete what people were told long ago. Returns how many."""
    return Notification.objects.filter(at__lt=now - KEPT).delete()[0]


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
