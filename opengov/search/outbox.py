"""The outbox of the search index: what changed is noted in the transaction that changed it, and indexed after the commit."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from opengov.jobs import enqueue

from .models import OutboxEntry

BATCH = 2_000


@transaction.atomic
def queue(ids: Iterable[UUID], *, model: str = "datasets.dataset", index_now: bool = True) -> None:
    """Note that these objects were made, changed, published, withdrawn or deleted; the index follows after the commit.

    Call it in the transaction of the change: rolled back together, nothing is left. Noting an object twice does no harm.

    Args:
        ids: primary keys; read once, so a generator may be given.
        model: label of an indexed model (`app.model`).
        index_now: `False` in loads of many batches, which call `opengov.search.indexing.apply_outbox` once at their end.
    """
    entries = [OutboxEntry(model=model, object_id=str(pk)) for pk in ids]
    if not entries:
        return
    OutboxEntry.objects.bulk_create(entries, batch_size=BATCH)
    if index_now:
        from .indexing import apply_outbox

        enqueue(apply_outbox, queue="index")
