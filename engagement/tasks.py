"""What a worker does for this app; each may run twice."""

from django.utils import timezone

from .services import checks, hints, human_checks, ratings, vote_log


def count_votes() -> None:
    """Set aside what looks like one hand's, chain the lines of the log that are new, and count what they are about."""
    checks.check_votes(now=timezone.now())
    vote_log.extend_chain()


def count_ratings() -> None:
    """Bring the scores up to date."""
    ratings.count()


def seal_votes() -> None:
    """Seal the head of the chain for this hour."""
    vote_log.seal(now=timezone.now())


def forget() -> None:
    """Delete the hints about votes and the used challenges that have had their time."""
    hints.forget(now=timezone.now())
    human_checks.forget_challenges(now=timezone.now())
