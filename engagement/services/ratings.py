"""Rate things, and count what the ratings come to. No counter stands on the writing path."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F

from accounts.models import User
from opengov.jobs import enqueue_soon
from opengov.locks import lock

from ..boards import Board, boards
from ..errors import NotOpenForRatings
from ..models import AbstractRating
from ..scores import bayesian_mean, total
from .voters import require_confirmed

COUNT_AFTER = timedelta(seconds=5)  # one job counts for all who rate in this time


@transaction.atomic
def rate(*, board: Board, thing: Any, rater: User, stars: int, now: datetime) -> AbstractRating:
    """Give a thing one to five stars, in place of what the person gave it before. Asked again, changes nothing.

    Raises:
        AddressNotConfirmed: see there.
        NotOpenForRatings: the board does not let this person rate it.
    """
    require_confirmed(rater)
    if not board.may_rate(rater, board.things.get(pk=thing.pk)):
        raise NotOpenForRatings
    rating = _own(board, thing, rater, stars, now)
    if rating.stars != stars:
        rating.stars, rating.rated_at = stars, now
        rating.save(update_fields=["stars", "rated_at"])
    _ask_to_count()
    return rating


@transaction.atomic
def withdraw(*, board: Board, thing: Any, rater: User, now: datetime) -> None:
    """Take one's rating back. Asked again, or without one, changes nothing."""
    if board.ratings.objects.filter(thing=thing, rater=rater).update(stars=0, rated_at=now):
        _ask_to_count()


def count() -> None:
    """Bring the scores of all boards up to date. Asked again, changes nothing."""
    with lock("engagement.ratings"):
        for board in boards("ratings"):
            _count(board)


@transaction.atomic
def _count(board: Board) -> None:
    """Mark what is counted from here on, and write the scores that this changes.

    All scores are looked at, because each leans on the mean of all ratings; rounded, few of them move.
    """
    changed = list(board.ratings.objects.select_for_update().exclude(stars=F("counted")))
    for rating in changed:
        rating.counted = rating.stars
    board.ratings.objects.bulk_update(changed, ["counted"], batch_size=500)
    board.ratings.objects.filter(stars=0, counted=0).delete()
    found = _distributions(board)
    stars, number = sum(total(each) for each in found.values()), sum(sum(each) for each in found.values())
    stored = {score.thing_id: score for score in board.scores.objects.all()}
    fresh = {pk: _score(board, pk, each, stars / number) for pk, each in found.items()}
    board.scores.objects.exclude(thing__in=board.ratings.objects.exclude(counted=0).values("thing")).delete()
    board.scores.objects.bulk_create(
        [score for pk, score in fresh.items() if pk not in stored or _said(stored[pk]) != _said(score)],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["thing"],
        update_fields=["distribution", "number", "mean"],
    )


def _distributions(board: Board) -> dict[Any, list[int]]:
    """How many gave one star, two, … five, by thing."""
    found: dict[Any, list[int]] = defaultdict(lambda: [0] * 5)
    rows = board.ratings.objects.exclude(counted=0).values_list("thing", "counted").annotate(number=Count("pk")).order_by()
    for pk, stars, number in rows:
        found[pk][stars - 1] = number
    return found


def _score(board: Board, pk: Any, distribution: list[int], prior: float) -> Any:
    mean = round(bayesian_mean(distribution, prior), 2)
    return board.scores(thing_id=pk, distribution=distribution, number=sum(distribution), mean=mean)


def _said(score: Any) -> tuple[Any, ...]:
    return score.distribution, score.number, score.mean


def _own(board: Board, thing: Any, rater: User, stars: int, now: datetime) -> AbstractRating:
    """The person's rating, locked, made if need be: parallel requests of one person meet in the constraint."""
    mine = board.ratings.objects.select_for_update().filter(thing=thing, rater=rater)
    if found := mine.first():
        return found
    try:
        with transaction.atomic():
            return board.ratings.objects.create(thing=thing, rater=rater, stars=stars, rated_at=now)
    except IntegrityError:
        return mine.get()


def _ask_to_count() -> None:
    enqueue_soon("engagement.tasks.count_ratings", after=COUNT_AFTER)
