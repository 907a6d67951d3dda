"""Charts as shapes in whole units of an SVG's viewBox (a decimal comma would break it), for `components/bar_chart.html`."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 240
LEFT, BOTTOM, TOP = 64, 28, 12
LABELS_AT_MOST = 13


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    x: int
    y: int
    width: int
    height: int
    shows_label: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class BarChart:
    """`ticks` are pairs of a round value and its height; the highest is at least the largest value."""

    bars: list[Bar]
    ticks: list[tuple[int, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def bar_chart(points: Sequence[tuple[str, int]]) -> BarChart:
    """One bar for each pair of a label and a number that is not negative."""
    top = round_up(max((value for _, value in points), default=0))
    room = HEIGHT - BOTTOM - TOP
    step = (WIDTH - LEFT) / max(1, len(points))
    every = -(-len(points) // LABELS_AT_MOST) or 1
    bars = [
        Bar(
            label=label,
            value=value,
            x=round(LEFT + place * step + step * 0.15),
            y=round(HEIGHT - BOTTOM - room * value / top),
            width=round(step * 0.7),
            height=round(room * value / top),
            shows_label=(len(points) - 1 - place) % every == 0,
        )
        for place, (label, value) in enumerate(points)
    ]
    ticks = [(top * part // 2, round(HEIGHT - BOTTOM - room * part / 2)) for part in range(3)]
    return BarChart(bars, ticks)


def round_up(value: int) -> int:
    """The next of 2, 4, 10, 20, 40, 100, …: numbers whose half is whole and reads well."""
    power = 1
    while True:
        for step in (2, 4, 10):
            if value <= step * power:
                return step * power
        power *= 10
