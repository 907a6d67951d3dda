"""What remains of a withdrawn record: title, reason, date, successor."""

from opengov.errors import Gone

from ..models import Dataset
from .texts import Text, text_of


def tombstone_of(name: str) -> Gone | None:
    """The tombstone at this name or UUID; `None` where no record was ever public. A successor that is not public is not named."""
    row = Dataset.objects.tombstones().at(name).first()
    if row is None or row.withdrawn_at is None:
        return None
    successor = Dataset.objects.published().filter(pk=row.successor_id).first() if row.successor_id else None
    return Gone(
        title=(text_of(row, "title") or Text(row.name)).html,
        at=row.withdrawn_at,
        reason=text_of(row, "withdrawal_reason").html,
        successor_title=text_of(successor, "title").html if successor else "",
        successor_url=successor.get_absolute_url() if successor else "",
    )
