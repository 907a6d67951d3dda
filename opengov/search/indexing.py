"""Jobs of the search index."""


def apply_outbox() -> None:
    """Bring the index up to date with everything that waits in the outbox."""
