"""Sets of document numbers as Python integers: bit n is document n. `&`, `|` and `bit_count` run at the speed of C."""

from collections.abc import Iterable
from itertools import compress, count

_TO_DIGITS = bytes.maketrans(b"\0\1", b"01")
_TO_FLAGS = bytes.maketrans(b"01", b"\0\1")


def from_numbers(numbers: Iterable[int], size: int) -> int:
    """The set of these numbers, each less than `size`."""
    flags = bytearray(size + 1)
    for number in numbers:
        flags[number] = 1
    flags.reverse()
    return int(flags.translate(_TO_DIGITS), 2)


def numbers(bits: int) -> list[int]:
    """The numbers of a set in ascending order."""
    return list(compress(count(), bin(bits)[:1:-1].encode().translate(_TO_FLAGS)))
