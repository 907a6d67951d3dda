"""What a value of a CKAN package means: text in two languages, codes, dates, addresses, in every way they were ever written.

A reader takes `(field, value, reading)`, sets the field's columns in `reading`, and leaves there what found no place: under its
own key among the extras, so that it comes back on export, with a remark.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson

from ..incoming import Remark
from ..selectors import terms
from .fields import Field, Kind

LANGUAGES = ("en", "fr")
MACHINE = {"en-t-fr": ("en", "fr"), "fr-t-en": ("fr", "en")}  # key of the package: its language, the language it came from
SAFE_SCHEMES = ("http", "https", "ftp")
LARGEST_NUMBER = 2**63 - 1
NO_SCHEME = "address without a scheme"
WITH_LOGIN = "address with a user name or password"
NO_END = 9999  # the year that stands for "ongoing"
LOGIN = re.compile(r"//[^/?#\s\"]*@")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
DATE = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?(?:[T ](.*))?$")
FORMER_CODES = {
    "language": {"eng": "en", "fra": "fr", "fre": "fr"},
    "resource_type": {"supporting_document": "guide"},
}


@dataclass(slots=True)
class Reading:
    """What was understood of one object so far."""

    columns: dict[str, Any]
    limits: dict[str, int]
    resource: str = ""
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, key: str, value: Any, reason: str) -> None:
        text = LOGIN.sub("//…@", value if isinstance(value, str) else orjson.dumps(value).decode())
        self.remarks.append(Remark(key, text[:200], reason, self.resource))

    def keep(self, key: str, value: Any, reason: str = "") -> None:
        """Put what has no column among the extras; a reason makes it a remark."""
        self.columns["extras"][key] = value
        if reason:
            self.remark(key, value, reason)

    def keep_part(self, key: str, language: str, value: Any, reason: str) -> None:
        self.columns["extras"].setdefault(key, {})[language] = value
        self.remark(f"{key}.{language}", value, reason)


def unpacked(value: Any) -> Any:
    """A JSON object or list that was written as text, read; any other value as it is."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value


def is_nothing(value: Any) -> bool:
    """Whether a value says nothing: `None`, empty, or both languages empty."""
    if isinstance(value, dict):
        return all(is_nothing(part) for part in value.values())
    return value in (None, "", [])


def as_text(value: Any) -> str | None:
    """A scalar as text; `None` for a list or an object."""
    if isinstance(value, str):
        return value
    return None if isinstance(value, dict | list) else str(value)


def safe_address(text: str) -> tuple[str, str]:
    """An address that may become a link, and if it may not: empty, with the reason."""
    address = CONTROL.sub("", text).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", "not an address"
    scheme = parts.scheme.lower()
    if "@" in parts.netloc:
        return "", WITH_LOGIN
    if scheme in SAFE_SCHEMES and address[len(scheme) : len(scheme) + 3] == "://":
        return scheme + address[len(scheme) :], ""
    return "", "address with a scheme that is not allowed" if scheme else NO_SCHEME


def parse_date(text: str) -> tuple[dt.date | None, bool]:
    """A date, and whether the text said more than it, such as a time of the day.

    A year or a month stands for its first day, the year 9999 for no date.

    Raises:
        ValueError: it is none.
    """
    found = DATE.match(text.strip())
    if not found:
        raise ValueError("not a date")
    year, month, day, time = found.groups()
    if int(year) == NO_END:
        return None, False
    return dt.date(int(year), int(month or 1), int(day or 1)), bool(time and time.strip("0:.Z+-"))


def parse_time(text: str) -> dt.datetime:
    """An instant; without a zone it is in UTC, and a year or a month stands for its beginning.

    Raises:
        ValueError: it is none.
    """
    try:
        time = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        date, _ = parse_date(text)
        if date is None:
            raise
        time = dt.datetime.combine(date, dt.time())
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)


def code_of(vocabulary: str, value: Any) -> str | None:
    """The code that a value means, through today's aliases and the ways of earlier packages (`eng; CAN`, `Web Service`)."""
    text = as_text(value)
    if text is None:
        return None
    found = terms.code_of(vocabulary, text)
    if found is None:
        short = text.partition(";")[0].strip().lower().replace(" ", "_")
        found = terms.code_of(vocabulary, FORMER_CODES.get(vocabulary, {}).get(short, short))
    return found


def _fits(into: Reading, key: str, column: str, text: str, language: str = "") -> str:
    """The text, cut to what its column holds; the whole of it is kept then."""
    limit = into.limits.get(column)
    if limit is None or len(text) <= limit:
        return text
    reason = f"longer than {limit} characters"
    into.keep_part(key, language, text, reason) if language else into.keep(key, text, reason)
    return text[:limit]


def read_text(spec: Field, value: Any, into: Reading) -> None:
    text = as_text(value)
    if text is None:
        into.keep(spec.key, value, "text expected")
    else:
        into.columns[spec.stem] = _fits(into, spec.key, spec.stem, text)


def read_translated(spec: Field, value: Any, into: Reading) -> None:
    """Text in both languages. Plain text is taken as English, as CKAN does."""
    for language, text in _by_language(spec, value, into):
        column = f"{spec.stem}_{language}"
        into.columns[column] = _fits(into, spec.key, column, text, language)


def read_links(spec: Field, value: Any, into: Reading) -> None:
    for language, text in _by_language(spec, value, into):
        column = f"{spec.stem}_{language}"
        address, reason = safe_address(text)
        if reason == NO_SCHEME:
            into.keep_part(spec.key, language, text, reason)
        elif reason:
            into.remark(f"{spec.key}.{language}", text, reason)
        into.columns[column] = _fits(into, spec.key, column, address, language)


def _by_language(spec: Field, value: Any, into: Reading) -> list[tuple[str, str]]:
    value = unpacked(value)
    if not isinstance(value, dict):
        value = {"en": value}
    found: dict[str, str] = {}
    for key, part in value.items():
        language, origin = MACHINE.get(key, (key, ""))
        text = None if part is None else as_text(part)
        if text is None and part is not None:
            into.keep_part(spec.key, key, part, "text expected")
        elif language not in LANGUAGES or (origin and value.get(language)):
            if text:
                into.keep_part(spec.key, key, part, "no such language" if language not in LANGUAGES else "translated twice")
        elif text:
            found[language] = text
            if origin:
                into.columns["machine_translated"][spec.stem] = origin
    return list(found.items())


def read_tags(spec: Field, value: Any, into: Reading) -> None:
    """Keywords: lists or text with commas, by language; a plain list is taken as English."""
    value = unpacked(value)
    if not isinstance(value, dict):
        value = {"en": value}
    for key, part in value.items():
        language, origin = MACHINE.get(key, (key, ""))
        words = part.split(",") if isinstance(part, str) else part or []
        if language not in LANGUAGES or not isinstance(words, list):
            into.keep_part(spec.key, key, part, "no such language" if language not in LANGUAGES else "list expected")
            continue
        words = [word.strip() for item in words if (word := as_text(item.get("name") if isinstance(item, dict) else item))]
        if words and not (origin and value.get(language)):
            into.columns[f"{spec.stem}_{language}"] = list(dict.fromkeys(filter(None, words)))
            if origin:
                into.columns["machine_translated"][spec.stem] = origin


def read_code(spec: Field, value: Any, into: Reading) -> None:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    code = code_of(spec.vocabulary, value)
    if code is None:
        into.keep(spec.key, value, "unknown choice")
    else:
        into.columns[spec.stem] = code


def read_codes(spec: Field, value: Any, into: Reading) -> None:
    value = unpacked(value)
    codes, unknown = [], []
    for item in value if isinstance(value, list) else [value]:
        code = code_of(spec.vocabulary, item)
        if code is None and not is_nothing(item):
            unknown.append(item)
        elif code is not None:
            codes.append(code)
    into.columns[spec.stem] = list(dict.fromkeys(codes))
    if unknown:
        into.keep(spec.key, unknown)
        for item in unknown:
            into.remark(spec.key, item, "unknown choice")


def read_date(spec: Field, value: Any, into: Reading) -> None:
    try:
        date, is_more = parse_date(as_text(value) or "")
    except ValueError:
        into.keep(spec.key, value, "not a date")
        return
    into.columns[spec.stem] = date
    if is_more:
        into.keep(spec.key, value)


def read_time(spec: Field, value: Any, into: Reading) -> None:
    try:
        into.columns[spec.stem] = parse_time(as_text(value) or "")
    except ValueError:
        into.keep(spec.key, value, "not a time")


def read_number(spec: Field, value: Any, into: Reading) -> None:
    text = as_text(value) or ""
    if text.isascii() and text.isdecimal() and int(text) <= LARGEST_NUMBER:
        into.columns[spec.stem] = int(text)
    else:
        into.keep(spec.key, value, "not a whole number")


def read_address(spec: Field, value: Any, into: Reading) -> None:
    address, reason = safe_address(as_text(value) or "")
    if reason == NO_SCHEME:
        into.keep(spec.key, value, reason)
    elif reason:
        into.remark(spec.key, value, reason)
    into.columns[spec.stem] = _fits(into, spec.key, spec.stem, address)


def read_object(spec: Field, value: Any, into: Reading) -> None:
    value = unpacked(value)
    if isinstance(value, dict):
        into.columns[spec.stem] = value
    else:
        into.keep(spec.key, value, "object expected")


def read_list(spec: Field, value: Any, into: Reading) -> None:
    value = unpacked(value)
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        into.columns[spec.stem] = value
    else:
        into.keep(spec.key, value, "list expected")


READERS: dict[Kind, Callable[[Field, Any, Reading], None]] = {
    Kind.TEXT: read_text,
    Kind.TRANSLATED: read_translated,
    Kind.LINKS: read_links,
    Kind.TAGS: read_tags,
    Kind.CODE: read_code,
    Kind.CODES: read_codes,
    Kind.DAY: read_date,
    Kind.DATE: read_date,
    Kind.TIME: read_time,
    Kind.NUMBER: read_number,
    Kind.ADDRESS: read_address,
    Kind.OBJECT: read_object,
    Kind.LIST: read_list,
}
