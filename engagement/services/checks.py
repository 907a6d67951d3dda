"""Set votes aside that look like those of one hand, and let them count once somebody has looked. None is dropped."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from disposable_email_domains import blocklist
from django.db import transaction
from django.db.models import Count, Q

from accounts.activity import record
from accounts.models import User

from ..boards import Board, board_of
from ..enums import VoteEventKind, VoteFlag
from ..models import AbstractVote, VoteHint
from .vote_log import log

WINDOW = timedelta(hours=1)
# From how many votes for one thing within the window on they are set aside together.
CLUSTERS = (
    (VoteFlag.BURST, "network", 10, Q(is_trusted_network=False)),
    (VoteFlag.SAME_BROWSER, "browser", 12, Q(is_trusted_network=False, is_new_account=True)),
    (VoteFlag.PATTERN, "shape", 5, Q(is_trusted_network=False)),
)
NEW_ACCOUNTS = 25


def is_disposable(domain: str) -> bool:
    """Whether the domain, or one above it, gives mailboxes to anybody for minutes."""
    parts = domain.split(".")
    return any(".".join(parts[start:]) in blocklist for start in range(len(parts) - 1))


def check_votes(*, now: datetime) -> int:
    """Look at the votes of the last hour, and set aside what comes in clusters. Returns how many. Again, sets nothing aside.

    A job does so before it counts: nothing of this stands on the voting path.
    """
    recent = VoteHint.objects.filter(at__gt=now - WINDOW, at__lte=now)
    done = 0
    for flag, field, least, where in CLUSTERS:
        groups = recent.filter(where).exclude(**{field: ""}).values("board", "thing", field)
        for group in groups.annotate(number=Count("pk")).filter(number__gte=least).order_by():
            group.pop("number")
            done += _flag(recent.filter(where, **group), flag, now)
    newcomers = recent.filter(is_new_account=True, is_trusted_network=False)
    for group in newcomers.values("board", "thing").annotate(number=Count("pk")).filter(number__gte=NEW_ACCOUNTS).order_by():
        of_thing = {"board": group["board"], "thing": group["thing"]}
        at_home = recent.filter(is_new_account=False, **of_thing).exclude(network="").values("network")
        lone = newcomers.filter(**of_thing).exclude(network__in=at_home)  # nobody else of their household votes
        if lone.count() >= NEW_ACCOUNTS:
            done += _flag(lone, VoteFlag.NEW_ACCOUNTS, now)
    return done


@transaction.atomic
def set_aside(*, board: Board, ballots: Iterable[Any], flag: VoteFlag, now: datetime) -> int:
    """Put a flag to votes; they do not count till they are confirmed. One that was confirmed already stays so."""
    votes = [
        vote
        for vote in board.votes.objects.select_for_update().filter(ballot__in=list(ballots)).order_by("pk")
        if flag not in vote.flags and not (vote.flags and not vote.is_provisional)
    ]
    for vote in votes:
        vote.flags, vote.is_provisional = [*vote.flags, flag.value], True
    board.votes.objects.bulk_update(votes, ["flags", "is_provisional"], batch_size=500)
    log(board, votes, VoteEventKind.SET_ASIDE, now)
    return len(votes)


@transaction.atomic
def confirm(*, board: Board, votes: Iterable[AbstractVote], moderator: User, now: datetime) -> int:
    """Let votes that were set aside count. Again, changes nothing. Returns how many."""
    numbers = [vote.pk for vote in votes]
    rows = list(board.votes.objects.select_for_update().filter(pk__in=numbers, is_provisional=True).order_by("pk"))
    for vote in rows:
        vote.is_provisional = False
    board.votes.objects.bulk_update(rows, ["is_provisional"], batch_size=500)
    log(board, rows, VoteEventKind.CONFIRM, now)
    if rows:
        record("votes.confirm", rows[0].thing, moderator, details={"number": len(rows)}, now=now)
    return len(rows)


def _flag(hints: Any, flag: VoteFlag, now: datetime) -> int:
    found = list(hints.values_list("board", "ballot"))
    if not found:
        return 0
    return set_aside(board=board_of(found[0][0]), ballots=[ballot for _board, ballot in found], flag=flag, now=now)
