from hypothesis import given
from hypothesis import strategies as st

from datasets.text_diff import Piece, compare

WORDS = st.lists(st.sampled_from(["eau", "mer", "lac", "fleuve"]), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_pieces_make_both_texts(before, after):
    pieces = compare(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "removed").split() == after.split()
    assert "".join(piece.text for piece in pieces if piece.kind != "added").split() == before.split()


def test_long_stretch_that_is_the_same_is_shortened():
    same = " ".join(f"w{n}" for n in range(100))
    pieces = compare(f"{same} old", f"{same} new")

    assert len(pieces[0].text.split()) == 25
    assert pieces[1:] == [Piece("removed", "old"), Piece("added", "new")]


def test_very_long_texts_are_shown_whole_instead_of_compared():
    assert compare("a " * 4000, "b") == [Piece("removed", "a " * 4000), Piece("added", "b")]
