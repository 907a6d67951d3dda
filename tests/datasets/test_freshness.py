import datetime as dt

import pytest

from datasets.enums import Vocabulary
from datasets.freshness import freshness, period_of
from datasets.selectors import terms

DAY = dt.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("frequency", "due_on", "late_from"),
    [
        ("P1D", dt.date(2026, 2, 1), dt.date(2026, 2, 4)),
        ("P1W", dt.date(2026, 2, 7), dt.date(2026, 2, 11)),
        ("P0.5M", dt.date(2026, 2, 15), dt.date(2026, 2, 23)),
        ("P1Y", dt.date(2027, 1, 31), dt.date(2027, 8, 2)),
    ],
)
def test_update_is_late_half_a_period_after_it_was_due(frequency, due_on, late_from):
    on_time = freshness(frequency=frequency, updated_on=DAY, today=late_from - dt.timedelta(days=1))
    late = freshness(frequency=frequency, updated_on=DAY, today=late_from)

    assert on_time is not None
    assert late is not None
    assert (on_time.due_on, on_time.is_late, late.is_late) == (due_on, False, True)


@pytest.mark.parametrize(("frequency", "updated_on"), [("irregular", DAY), ("", DAY), ("P1D", None)])
def test_dataset_without_rhythm_or_date_is_neither_fresh_nor_late(frequency, updated_on):
    assert freshness(frequency=frequency, updated_on=updated_on, today=DAY) is None


@pytest.mark.django_db
def test_every_rhythm_of_the_vocabulary_is_understood():
    without = {code for code in terms.choices(Vocabulary.FREQUENCY) if period_of(code) is None}

    assert without == {"as_needed", "continual", "irregular", "not_planned", "unknown"}
