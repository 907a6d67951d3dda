"""What a French catalogue owes: every text translated, with its placeholders, in Canadian French typography."""

import re
from collections.abc import Callable, Iterator

import polib

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]|<\w+:\w+>")
ADDRESS = re.compile(r"((?:[a-z0-9-]+|<\w+:\w+>)/)+(?:[\w<:>-]+\.[a-z]+)?")
MARKUP = re.compile(r"</?\w[^>]*>")
WORD = re.compile(rf"{PLACEHOLDER.pattern}|&#?\w+;|https?://\S+")

# Each is looked for in the words as a reader sees them: without tags, and with "x" for placeholders, entities and addresses.
BREAKABLE_SPACE = re.compile(r" [:;?!»%$]|« ")
MISSING_SPACE = re.compile(r"[^\s\u00a0:;?!.…(][;?!»](?!\w)|[^\s\u00a0]:(?=\s|$)|«(?!\s)")
FOREIGN_MARK = re.compile(r"[’“”\u202f]")
UNEVEN_SPACE = re.compile(r"(?<=\S) {2,}")
NOT_CANADIAN = re.compile(r"\be-?mails?\b|\bmails?\b|\blogin\b", re.IGNORECASE)

Key = tuple[str, str]


def key(entry: polib.POEntry) -> Key:
    return entry.msgid, entry.msgctxt or ""


def french(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def prose(text: str) -> str:
    return WORD.sub("x", MARKUP.sub("", text))


def written(pattern: re.Pattern[str]) -> Callable[[polib.POEntry], bool]:
    return lambda entry: any(pattern.search(prose(text)) for text in french(entry))


def loses_placeholders(entry: polib.POEntry) -> bool:
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    return any(set(PLACEHOLDER.findall(text)) != wanted for text in french(entry))


def breaks_address(entry: polib.POEntry) -> bool:
    return bool(ADDRESS.fullmatch(entry.msgid)) and not ADDRESS.fullmatch(entry.msgstr)


FAULTS: dict[str, Callable[[polib.POEntry], bool]] = {
    "other placeholders": loses_placeholders,
    "not both plural forms": lambda entry: bool(entry.msgid_plural) and len(entry.msgstr_plural) != 2,
    "not an address": breaks_address,
    "a space that should not break": written(BREAKABLE_SPACE),
    "no space where French has one": written(MISSING_SPACE),
    "a curly apostrophe, an English quote or a thin space": written(FOREIGN_MARK),
    "a double space": written(UNEVEN_SPACE),
    "not Canadian French": written(NOT_CANADIAN),
}


def faults_of(texts: polib.POFile, catalogue: polib.POFile) -> list[str]:
    """What keeps a catalogue from being the French of these texts, one line for each fault."""
    wanted = {key(entry) for entry in texts}
    ready = {key(entry): entry for entry in catalogue.translated_entries()}
    fuzzy = {key(entry) for entry in catalogue.fuzzy_entries()}

    def lists() -> Iterator[tuple[str, set[Key]]]:
        yield "without French", wanted - ready.keys() - fuzzy
        yield "fuzzy", wanted & fuzzy
        yield "used nowhere", (ready.keys() | fuzzy) - wanted
        for fault, is_at_fault in FAULTS.items():
            yield fault, {found for found, entry in ready.items() if is_at_fault(entry)}

    return [
        f"{fault}: {msgid!r}" + (f" ({context})" if context else "")
        for fault, found in lists()
        for msgid, context in sorted(found)
    ]


def merged(texts: polib.POFile, catalogue: polib.POFile) -> polib.POFile:
    """The texts in the order of the files that use them, each with its French of the catalogue or none. Nothing is guessed."""
    known = {key(entry): entry for entry in catalogue.translated_entries()}
    result = polib.POFile(wrapwidth=0)
    result.header, result.metadata = catalogue.header, catalogue.metadata
    for entry in sorted(texts, key=lambda entry: entry.occurrences[0][0]):
        old = known.get(key(entry))
        entry.msgstr = old.msgstr if old else ""
        if entry.msgid_plural:
            entry.msgstr_plural = old.msgstr_plural if old and old.msgstr_plural else {0: "", 1: ""}
        result.append(entry)
    return result
