"""What a person was told."""

from typing import Any

from django.db.models import QuerySet

from .. import notifications
from ..models import Notification, User


def told(person: User, kind: str = "") -> QuerySet[Notification]:
    """Newest first; of one kind, where it is named."""
    rows = Notification.objects.filter(person=person)
    return rows.filter(kind=kind) if kind else rows


def unread(person: User) -> int:
    """How many the person has not read; one query."""
    return Notification.objects.unread().filter(person=person).count()


def kinds_of(person: User) -> list[notifications.Kind]:
    """The kinds of which there is something, in the order of the rooms."""
    present = set(Notification.objects.filter(person=person).order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in notifications.kinds() if kind.key in present]


def bell(request: Any) -> dict[str, Any] | None:
    """For the head of each page: how many wait; nothing for who is not signed in."""
    return {"unread": unread(request.user)} if request.user.is_authenticated else None
