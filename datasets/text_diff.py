"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 3_000
CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: "same", "removed" or "added"."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces that, without the removed ones, make `after`; long stretches that are the same are shortened to an ellipsis."""
    old, new = (re.findall(r"\S+\s*", text) for text in (before, after))
    if max(len(old), len(new)) > MOST_WORDS:
        return [Piece("removed", before), Piece("added", after)]
    pieces: list[Piece] = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", _shortened(new[start:end])))
            continue
        if first < last:
            pieces.append(Piece("removed", "".join(old[first:last])))
        if start < end:
            pieces.append(Piece("added", "".join(new[start:end])))
    return pieces


def _shortened(words: list[str]) -> str:
    if len(words) <= 3 * CONTEXT:
        return "".join(words)
    return "".join([*words[:CONTEXT], "… ", *words[-CONTEXT:]])
