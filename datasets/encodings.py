"""Text from bytes whose encoding nobody declared."""

import codecs

BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of the encoding: by byte-order mark, else UTF-16 by its zeros, else UTF-8, else Windows-1252.

    Bytes may end in the middle of a character. Nothing raises: what cannot be read becomes the replacement character.
    """
    for mark, codec, name in BOMS:
        if content.startswith(mark):
            return _clean(content[len(mark) :].decode(codec, "replace")), name
    if codec := _utf16_without_mark(content[:2000]):
        return _clean(content.decode(codec, "replace")), "UTF-16"
    try:
        return _clean(codecs.getincrementaldecoder("utf-8")().decode(content)), "UTF-8"
    except UnicodeDecodeError:
        return _clean(content.decode("cp1252", "replace")), "Windows-1252"


def _utf16_without_mark(head: bytes) -> str:
    """UTF-16 of Latin text has a zero in every second byte."""
    if len(head) < 4:
        return ""
    if head[1::2].count(0) > len(head) // 2 * 0.7:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > len(head) // 2 * 0.7 else ""


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
