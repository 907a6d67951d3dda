from pathlib import Path

import allauth
import polib
import pytest
from django.apps import apps
from django.conf import settings

from opengov.french import faults_of, merged

CATALOGUES = [folder / "fr" / "LC_MESSAGES" / "django.po" for folder in settings.LOCALE_PATHS]


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    file = polib.POFile()
    file.extend(entries)
    return file


def text(msgid: str, *files: str) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, occurrences=[(file, "") for file in files or ("accounts/urls.py",)])


@pytest.mark.parametrize(
    ("french", "fault"),
    [
        ("Ouvrir", None),
        ("Est-ce ouvert\u00a0?", None),
        ("Voir <a href='/?q=a'>l'aide</a>\u00a0: «\u00a0ouvrir\u00a0» &amp; fermer à 14:30 (https://example.org/?a=b).", None),
        ("", "without French"),
        ("Est-ce ouvert ?", "a space that should not break"),
        ("« ouvert\u00a0»", "a space that should not break"),
        ("50 %", "a space that should not break"),
        ("Est-ce ouvert?", "no space where French has one"),
        ("Ouvrir: maintenant", "no space where French has one"),
        ("«ouvert\u00a0»", "no space where French has one"),
        ("L’ouvrir", "a curly apostrophe, an English quote or a thin space"),
        ("Ouvrir “tout”", "a curly apostrophe, an English quote or a thin space"),
        ("Ouvrir  tout", "a double space"),
        ("Ouvrir le e-mail", "not Canadian French"),
        ("Ouvrir %(name)s", "other placeholders"),
    ],
)
def test_a_text_is_ready_or_its_fault_is_told(french, fault):
    entry = polib.POEntry(msgid="Open", msgstr=french)

    assert faults_of(catalogue(text("Open")), catalogue(entry)) == ([f"{fault}: 'Open'"] if fault else [])


def test_a_guess_of_gettext_is_told():
    guessed = polib.POEntry(msgid="Open", msgstr="Ouvrir", flags=["fuzzy"])

    assert faults_of(catalogue(text("Open")), catalogue(guessed)) == ["fuzzy: 'Open'"]


def test_a_french_text_without_use_is_told():
    assert faults_of(catalogue(), catalogue(polib.POEntry(msgid="Gone", msgstr="Parti"))) == ["used nowhere: 'Gone'"]


@pytest.mark.parametrize(
    ("msgid", "french", "fault"),
    [
        ("datasets/", "jeux-de-donnees/", None),
        ("datasets/", "jeux de données/", "not an address"),
        ("datasets/", "jeux-de-donnees", "not an address"),
        ("statistics/daily.csv", "statistiques/par-jour.csv", None),
        ("subjects/<slug:code>.atom", "sujets/<slug:code>.atom", None),
        ("subjects/<slug:code>/", "sujets/<str:code>/", "other placeholders"),
    ],
)
def test_the_words_of_an_address_stay_an_address(msgid, french, fault):
    faults = faults_of(catalogue(text(msgid)), catalogue(polib.POEntry(msgid=msgid, msgstr=french)))

    assert faults == ([f"{fault}: {msgid!r}"] if fault else [])


@pytest.mark.parametrize(
    ("forms", "fault"),
    [
        ({0: "%(count)s fichier", 1: "%(count)s fichiers"}, None),
        ({0: "%(count)s fichier", 1: "des fichiers"}, "other placeholders"),
        ({0: "%(count)s fichier"}, "not both plural forms"),
    ],
)
def test_a_plural_needs_both_forms_with_the_placeholders(forms, fault):
    words = {"msgid": "%(count)s file", "msgid_plural": "%(count)s files"}

    faults = faults_of(catalogue(polib.POEntry(**words)), catalogue(polib.POEntry(**words, msgstr_plural=forms)))

    assert faults == ([f"{fault}: '%(count)s file'"] if fault else [])


def test_the_catalogue_follows_the_texts_and_keeps_its_french():
    texts = catalogue(text("New", "b.py"), text("Open", "a.py", "b.py"), polib.POEntry(msgid="%d file", msgid_plural="%d files"))
    texts[-1].occurrences = [("c.py", "")]
    old = catalogue(polib.POEntry(msgid="Open", msgstr="Ouvrir"), polib.POEntry(msgid="Gone", msgstr="Parti"))

    result = merged(texts, old)

    assert [(entry.msgid, entry.msgstr_plural or entry.msgstr) for entry in result] == [
        ("Open", "Ouvrir"),
        ("New", ""),
        ("%d file", {0: "", 1: ""}),
    ]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-4])
def test_the_french_catalogues_have_no_fault(path):
    """Whether each text has its French, `bin/messages --check` tells."""
    french = polib.pofile(str(path))

    assert faults_of(french, french) == []


def test_what_allauth_says_to_people_is_canadian_french_too():
    ours = {(entry.msgid, entry.msgctxt) for path in CATALOGUES for entry in polib.pofile(str(path))}
    theirs = polib.pofile(str(Path(allauth.__file__).parent / "locale/fr/LC_MESSAGES/django.po"))
    shown = ("account/", "mfa/", "socialaccount/", "templates/account/", "templates/mfa/", "templates/socialaccount/")
    left = catalogue(
        *(
            entry
            for entry in theirs
            if any(file.startswith(shown) for file, _ in entry.occurrences) and (entry.msgid, entry.msgctxt) not in ours
        )
    )

    assert faults_of(left, left) == []


def test_no_name_of_a_model_is_a_counted_text_too():
    """Gettext keeps one entry for both, and then finds no French for the name alone: the counted text needs a context."""
    names = {str(name) for model in apps.get_models() for name in (model._meta.verbose_name, model._meta.verbose_name_plural)}
    counted = {entry.msgid for entry in polib.pofile(str(CATALOGUES[0])) if entry.msgid_plural and not entry.msgctxt}

    assert "dataset" in names
    assert names & counted == set()
