import pytest
from hypothesis import given
from hypothesis import strategies as st

from opengov.emails import canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada@Example.org", "ada@example.ORG"),
        (" ada@example.org ", "ada@example.org"),
        ("ａｄａ@example.org", "ada@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("a.d.a+portal@gmail.com", "ada@googlemail.com"),
    ],
)
def test_spellings_of_one_mailbox_are_the_same(one, other):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    "other", ["a.da@example.org", "ada+x@example.org", "ada@example.com", "ada@sub.example.org", "bda@example.org"]
)
def test_other_mailboxes_are_others(other):
    assert canonical("ada@example.org") != canonical(other)


@given(st.text() | st.emails())
def test_anything_has_a_canonical_form_which_is_its_own(text):
    assert canonical(canonical(text)) == canonical(text)
