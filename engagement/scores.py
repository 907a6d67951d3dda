"""Arithmetic of ratings. A distribution is five numbers: how many gave one star, two, … five."""

from collections.abc import Sequence

STARS = (1, 2, 3, 4, 5)
WEIGHT = 10  # ratings that the mean of all things stands for, in the mean of one thing
Distribution = Sequence[int]


def total(distribution: Distribution) -> int:
    """The stars of all ratings together."""
    return sum(stars * number for stars, number in zip(STARS, distribution, strict=True))


def bayesian_mean(distribution: Distribution, prior: float) -> float:
    """The mean as if `WEIGHT` more people had given the thing what things get at large: one rating alone moves little.

    (weight · prior + sum) / (weight + number), as film sites rank; `prior` is the mean of all ratings of the board.
    """
    return (WEIGHT * prior + total(distribution)) / (WEIGHT + sum(distribution))


def shifted(distribution: Distribution, *, without: int, plus: int) -> list[int]:
    """The distribution once a person's rating is another one; 0 is none."""
    return [number - (stars == without) + (stars == plus) for stars, number in zip(STARS, distribution, strict=True)]


def shifted_mean(mean: float, number: int, *, without: int, plus: int) -> float:
    """The Bayesian mean of `number` ratings once a person's is another one; 0 is none."""
    after = number - (without > 0) + (plus > 0)
    return (mean * (WEIGHT + number) - without + plus) / (WEIGHT + after)
