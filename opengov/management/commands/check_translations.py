import re
from pathlib import Path
from typing import Any

import polib
from django.core.management.base import CommandError
from django.core.management.commands import makemessages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
BREAKABLE_SPACE = re.compile(r" [:;?!»]|« ")


def key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgid, entry.msgctxt or ""


def french(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def faults_of(texts: polib.POFile, catalogue: polib.POFile) -> list[str]:
    """What keeps a catalogue from being the French of these texts, one line for each fault."""
    wanted = {key(entry) for entry in texts}
    ready = {key(entry): entry for entry in catalogue.translated_entries()}
    fuzzy = {key(entry) for entry in catalogue.fuzzy_entries()}
    lists = {
        "without French": wanted - ready.keys() - fuzzy,
        "fuzzy": wanted & fuzzy,
        "used nowhere": (ready.keys() | fuzzy) - wanted,
        "other placeholders": {
            found
            for found, entry in ready.items()
            for text in french(entry)
            if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        },
        "a space that should not break": {
            found for found, entry in ready.items() if any(BREAKABLE_SPACE.search(text) for text in french(entry))
        },
    }
    return [f"{fault}: {msgid!r}" for fault, found in lists.items() for msgid, _ in sorted(found)]


class Command(makemessages.Command):
    help = "Say what the French catalogue lacks or has too much, against the texts of code and templates. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.faults: list[str] = []
        ignored = ["var/*", "tests/*", "bench/*", "docs/*"]
        super().handle(*args, **options | {"locale": ["fr"], "ignore_patterns": ignored, "verbosity": 0})
        if self.faults:
            raise CommandError("\n".join([*self.faults, f"{len(self.faults)} faults in the French catalogue."]))
        self.stdout.write("Every text has its French.")

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Compare, where makemessages would write the catalogue."""
        catalogue = Path(potfile).parent / locale / "LC_MESSAGES" / "django.po"
        self.faults = faults_of(polib.pofile(potfile), polib.pofile(str(catalogue)))
