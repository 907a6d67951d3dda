"""What a page shows of the ratings of a thing."""

from dataclasses import dataclass
from typing import Any

from ..boards import Board
from ..scores import STARS, shifted, shifted_mean


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave so many stars. `share`: of all, in per cent."""

    stars: int
    number: int
    share: int


@dataclass(frozen=True, slots=True)
class Score:
    """What people think of a thing, most stars first. `own` is the reader's rating, in it already; 0 is none.

    `mean` is the Bayesian mean; nothing before the first ratings are counted.
    """

    number: int
    mean: float | None
    bars: list[Bar]
    own: int


def score_of(board: Board, thing: Any, user: Any) -> Score:
    """Two queries at most."""
    stored = board.scores.objects.filter(thing=thing).first()
    mine = board.ratings.objects.filter(thing=thing, rater=user).first() if user.is_authenticated else None
    distribution, mean = (stored.distribution, stored.mean) if stored else ([0] * len(STARS), None)
    if mine is not None:
        change = {"without": mine.counted, "plus": mine.stars}
        if mean is not None:
            mean = shifted_mean(mean, sum(distribution), **change)
        distribution = shifted(distribution, **change)
    number = sum(distribution)
    bars = [Bar(stars, each, round(100 * each / max(number, 1))) for stars, each in zip(STARS, distribution, strict=True)]
    return Score(number, mean if number else None, bars[::-1], mine.stars if mine else 0)
