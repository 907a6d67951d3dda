"""Ask for data, or propose a use for it."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from engagement.moderation import kind_of
from engagement.services import moderation

from ..models import DataRequest, Turn
from . import turns

WORDS = ("kind", "title", "description", "organization", "subject", "reason", "why", "use")


@transaction.atomic
def submit(*, request: DataRequest, author: User, language: str, now: datetime) -> DataRequest:
    """Take a request in. The board shows it once a moderator has let it pass, or at once from a trusted writer.

    The same sent twice in a row is one request.

    Raises:
        ValidationError: a field does not hold what it may.
    """
    request.language = language
    if twin := moderation.sent_before(item=request, author=author, same=WORDS, now=now):
        return twin
    moderation.submit(kind=kind_of("requests"), item=request, author=author, now=now)
    return request


def shown(request: DataRequest, now: datetime) -> None:
    """The public sees it: the clock of the department that it names begins. Shown again after it was hidden, it goes on."""
    has_a_clock = request.organization_id is not None and request.merged_into_id is None
    if has_a_clock and not Turn.objects.filter(request=request).exists():
        turns.begin(request=request, now=now)
