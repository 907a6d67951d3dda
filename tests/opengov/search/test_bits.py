from hypothesis import given
from hypothesis import strategies as st

from opengov.search.backends.whoosh import bits


@given(st.sets(st.integers(0, 500)))
def test_a_set_of_numbers_comes_back_in_order(chosen):
    assert bits.numbers(bits.from_numbers(chosen, 501)) == sorted(chosen)


@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)))
def test_operators_mean_what_they_mean_for_sets(one, other):
    a, b = bits.from_numbers(one, 301), bits.from_numbers(other, 301)

    assert bits.numbers(a & b) == sorted(one & other)
    assert bits.numbers(a | b) == sorted(one | other)
    assert (a & ~b).bit_count() == len(one - other)
