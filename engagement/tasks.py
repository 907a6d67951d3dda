"""What a worker does for this app; each may run twice."""

import logging

from django.utils import timezone

from .services import checks, hints, human_checks, ratings, recounts, vote_log

log = logging.getLogger(__name__)


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


def prove() -> None:
    """Recount, and say so in the log where something does not agree."""
    if faults := recounts.prove(now=timezone.now()):
        log.error("votes_do_not_agree", extra={"faults": len(faults), "first": f"{faults[0].where}: {faults[0].text}"})


def forget() -> None:
    """Delete the hints about votes and the used challenges that have had their time."""
    hints.forget(now=timezone.now())
    human_checks.forget_challenges(now=timezone.now())
