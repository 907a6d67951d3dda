import pytest
from hypothesis import given
from hypothesis import strategies as st

from opengov.search.operators import And, Not, Or, Phrase, Prefix, Word, parse, plain_words

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a ET b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a OU b", Or((A, B))),
        ("a NOT b", And((A, Not(B)))),
        ("a PAS b", And((A, Not(B)))),
        ("NOT NOT a", Not(Not(A))),
        ("(a OU b) ET c", And((Or((A, B)), C))),
        ('a "b c"', And((A, Phrase("b c")))),
        ("« a b » c", And((Phrase(" a b "), C))),
        ("“a b”", Phrase("a b")),
        ("fish*", Prefix("fish")),
        ("a or b", And((A, Word("or"), B))),
        ("", And(())),
        ("   ", And(())),
    ],
)
def test_operators_of_both_languages_are_read(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('a "b', ["a", "b"]),
        ("(a b", ["a", "b"]),
        ("a) b", ["a", "b"]),
        ("a AND", ["a"]),
        ("OR a", ["a"]),
        ("a AND OR b", ["a", "b"]),
        ("()", []),
        ("((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))", ["a"]),
        ("NOT", []),
    ],
)
def test_what_is_not_well_formed_is_read_as_plain_words(text, plain):
    assert parse(text) == And(tuple(map(Word, plain)))
    assert plain_words(text) == plain


@given(st.text(alphabet='ab ()"*«»ANDORETUPSN🚒\0'))
def test_no_text_raises(text):
    parse(text)


def test_a_long_text_is_read_up_to_its_fortieth_word():
    assert len(parse("a " * 5_000).parts) == 40
