"""Text as it is kept: without what nobody sees and what turns round the order in which one reads."""

import re
import unicodedata
from typing import Any

# Controls but tabs and ends of lines; what has no width; marks that embed, override or isolate a direction.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff]")
LINE_ENDS = re.compile("[\t\n\r\x85\u2028\u2029]+")
BLANK = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def many_lines(text: str) -> str:
    """The text; nothing where nothing of it can be seen."""
    text = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if is_seen(text) else ""


def one_line(text: str) -> str:
    """The same, on one line."""
    return LINE_ENDS.sub(" ", many_lines(text))


def is_seen(text: str) -> bool:
    return any(unicodedata.category(each) not in BLANK and each not in BLANK_LETTERS for each in text)


def says_something(value: Any) -> bool:
    """Whether a value of a record, or one of a list, is more than blanks."""
    if isinstance(value, list):
        return any(map(says_something, value))
    return is_seen(value) if isinstance(value, str) else bool(value)
