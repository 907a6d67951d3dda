import pytest
from hypothesis import given
from hypothesis import strategies as st

from opengov.charts import HEIGHT, LEFT, WIDTH, bar_chart, round_up


@pytest.mark.parametrize(
    ("value", "top"), [(0, 2), (2, 2), (3, 4), (5, 10), (10, 10), (11, 20), (41, 100), (1_234_567, 2_000_000)]
)
def test_the_top_of_the_scale_is_a_round_number(value, top):
    assert round_up(value) == top


@given(st.lists(st.integers(min_value=0, max_value=10**12), max_size=30))
def test_bars_stay_inside_the_picture_and_are_as_high_as_their_share(values):
    chart = bar_chart([(str(value), value) for value in values])

    top = chart.ticks[-1][0]
    for bar in chart.bars:
        assert bar.x >= LEFT
        assert bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= chart.base < HEIGHT
        assert abs(bar.height - (chart.base - 12) * bar.value / top) <= 1
    assert sum(bar.shows_label for bar in chart.bars) <= 13
