import polib
import pytest

from opengov.management.commands.check_translations import faults_of


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    file = polib.POFile()
    file.extend(entries)
    return file


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="Open", msgstr="Ouvrir"), None),
        (polib.POEntry(msgid="Open", msgstr=""), "without French: 'Open'"),
        (polib.POEntry(msgid="Open", msgstr="Ouvrir", flags=["fuzzy"]), "fuzzy: 'Open'"),
        (polib.POEntry(msgid="Open", msgstr="Est-ce ouvert ?"), "a space that should not break: 'Open'"),
        (polib.POEntry(msgid="Open", msgstr="Est-ce ouvert\u00a0?"), None),
        (polib.POEntry(msgid="Open", msgstr="Ouvrir %(name)s"), "other placeholders: 'Open'"),
    ],
)
def test_a_text_is_ready_or_its_fault_is_told(entry, fault):
    assert faults_of(catalogue(polib.POEntry(msgid="Open")), catalogue(entry)) == ([fault] if fault else [])


def test_a_french_text_without_use_is_told():
    assert faults_of(catalogue(), catalogue(polib.POEntry(msgid="Gone", msgstr="Parti"))) == ["used nowhere: 'Gone'"]


def test_each_plural_needs_the_placeholders():
    texts = catalogue(polib.POEntry(msgid="%(count)s file", msgid_plural="%(count)s files"))
    french = polib.POEntry(
        msgid="%(count)s file", msgid_plural="%(count)s files", msgstr_plural={0: "%(count)s fichier", 1: "des fichiers"}
    )

    assert faults_of(texts, catalogue(french)) == ["other placeholders: '%(count)s file'"]
