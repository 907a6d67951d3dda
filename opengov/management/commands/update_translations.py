from pathlib import Path
from typing import Any

import polib
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import makemessages

from opengov.french import faults_of, merged


class Command(makemessages.Command):
    help = "Bring the French catalogue to the texts of code and templates. With --check: change nothing, and tell its faults."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="Change nothing; exit with 1 where the catalogue has faults.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        self.check_only = check
        self.faults: list[str] = []
        ignored = ["var/*", "tests/*", "bench/*", "docs/*"]
        wanted = {"locale": ["fr"], "ignore_patterns": ignored, "add_location": "file", "no_wrap": True, "verbosity": 0}
        super().handle(*args, **options | wanted)
        if self.faults:
            raise CommandError("\n".join([*self.faults, f"{len(self.faults)} faults in the French catalogue."]))
        self.stdout.write("Every text has its French.")

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Merge or compare, where makemessages would leave it to msgmerge with its guesses."""
        path = Path(potfile).parent / locale / "LC_MESSAGES" / "django.po"
        texts, catalogue = polib.pofile(potfile), polib.pofile(str(path))
        if not self.check_only:
            catalogue = merged(texts, catalogue)
            catalogue.save(str(path))
        self.faults = faults_of(texts, catalogue)
