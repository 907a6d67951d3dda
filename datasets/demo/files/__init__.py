"""The data files of a demonstration dataset: small, real files of their format, the same bytes each time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..content import LANGUAGES, Department, Entry, Language, Text
from ..tables import Sheet, fill
from .delimited import csv_file, txt_file
from .documents import guide_file, report_file
from .structured import geojson_file, json_file, xml_file
from .workbooks import xlsx_file

IN_LANGUAGE = {"en": Text("in English", "en anglais"), "fr": Text("in French", "en français")}

# Formats that give a file for each language, and those whose one file holds both.
BY_LANGUAGE: dict[str, tuple[Text, Callable[[Department, Entry, Sheet, Language], bytes]]] = {
    "csv": (Text("Table", "Tableau"), csv_file),
    "txt": (Text("Plain text table", "Tableau en texte brut"), txt_file),
    "pdf": (Text("Report", "Rapport"), report_file),
    "guide": (Text("Data dictionary", "Dictionnaire de données"), guide_file),
}
BILINGUAL: dict[str, tuple[Text, Callable[[Department, Entry, Sheet], bytes]]] = {
    "xlsx": (Text("Workbook, bilingual", "Classeur bilingue"), xlsx_file),
    "json": (Text("Records for programs, bilingual", "Enregistrements pour programmes, bilingues"), json_file),
    "xml": (Text("Records in XML, bilingual", "Enregistrements en XML, bilingues"), xml_file),
    "geojson": (Text("Points for maps, bilingual", "Points pour cartes, bilingues"), geojson_file),
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file and what its resource says of it; `format` is a code of the vocabulary."""

    filename: str
    format: str
    resource_type: str
    languages: tuple[Language, ...]
    name: Text
    description: Text
    content: bytes

    @property
    def character_set(self) -> str:
        return "" if self.format in {"XLSX", "PDF"} else "UTF-8"


def make_files(department: Department, entry: Entry) -> Iterator[DataFile]:
    """The files of a dataset, the main one first and the guide last."""
    sheet = fill(entry)
    for kind in (*entry.files, *(["guide"] if entry.has_guide else [])):
        if kind in BILINGUAL:
            name, make = BILINGUAL[kind]
            content = make(department, entry, sheet)
            yield DataFile(f"{entry.slug}.{kind}", FORMATS[kind], "dataset", LANGUAGES, name, _description(kind, sheet), content)
        else:
            yield from _for_each_language(department, entry, sheet, kind)


FORMATS = {
    "csv": "CSV",
    "txt": "TXT",
    "pdf": "PDF",
    "guide": "PDF",
    "xlsx": "XLSX",
    "json": "JSON",
    "xml": "XML",
    "geojson": "GEOJSON",
}
TYPES = {"pdf": "report", "guide": "data_dictionary"}


def _for_each_language(department: Department, entry: Entry, sheet: Sheet, kind: str) -> Iterator[DataFile]:
    name, make = BY_LANGUAGE[kind]
    stem = f"{entry.slug}-dictionary" if kind == "guide" else entry.slug
    for language in LANGUAGES:
        yield DataFile(
            filename=f"{stem}-{language}.{FORMATS[kind].lower()}",
            format=FORMATS[kind],
            resource_type=TYPES.get(kind, "dataset"),
            languages=(language,),
            name=Text(f"{name.en} {IN_LANGUAGE[language].en}", f"{name.fr} {IN_LANGUAGE[language].fr}"),
            description=_description(kind, sheet),
            content=make(department, entry, sheet, language),
        )


def _description(kind: str, sheet: Sheet) -> Text:
    """What is inside, in a sentence: rows and columns, or what the document tells."""
    if kind == "guide":
        return Text("What each column holds, and in what unit.", "Contenu et unité de chaque colonne.")
    rows = len(sheet.latest) if kind == "geojson" else len(sheet.rows)
    english, french = (", ".join(column.name.in_language(language) for column in sheet.columns) for language in LANGUAGES)
    return Text(f"{rows} rows: {english}.", f"{rows} lignes : {french}.")
