"""What a page showed of a revision: so that who comes back to it after somebody wrote is told at once what is different."""

from django.core.cache import cache
from django.utils import timezone

from ..models import Revision, SignOff
from .differences import ChangedObject
from .revision_page import changes_since

KEPT_SECONDS = 24 * 3600


def remember(revision: Revision) -> None:
    """Keep what a sign-off of this state would cover, from the first time that the state is shown."""
    items = {str(pk or ""): data for pk, data in revision.items.values_list("resource_id", "data")}
    shown = SignOff(revision=revision, content_hash=revision.content_hash, items=items, at=timezone.now())
    cache.add(_key(revision, revision.content_hash), shown, KEPT_SECONDS)


def changes_since_shown(revision: Revision, content: str) -> list[ChangedObject] | None:
    """What is different from the state of this hash; `None` where it was not shown, or a day ago."""
    shown = cache.get(_key(revision, content)) if content and content != revision.content_hash else None
    return changes_since(shown, revision) if shown else None


def _key(revision: Revision, content: str) -> str:
    return f"shown-{revision.pk}-{content}"
