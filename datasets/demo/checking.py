"""What must hold of the demonstration's content beyond its shape: codes that exist, relations that lead somewhere, sane sizes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..enums import INVERSE_RELATIONSHIPS, Vocabulary
from ..services.vocabularies import terms_on_file
from .content import Column, Department, Entry
from .dimensions import members
from .files import BILINGUAL, BY_LANGUAGE

ROWS = range(10, 401)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def problems(departments: Sequence[Department]) -> list[str]:
    """Everything that is wrong, each in a sentence that names the dataset; nothing where all is well."""
    entries = [entry for department in departments for entry in department.entries]
    found = [f"{slug}: twice" for slug, times in Counter(entry.slug for entry in entries).items() if times > 1]
    for check in (_codes, _words, _dates, _tables, _files):
        found += [f"{entry.slug}: {problem}" for entry in entries for problem in check(entry)]
    return found + _relations(entries)


def _codes(entry: Entry) -> Iterator[str]:
    used = {
        Vocabulary.COLLECTION: [entry.collection],
        Vocabulary.SUBJECT: entry.subject,
        Vocabulary.AUDIENCE: entry.audience,
        Vocabulary.FREQUENCY: [entry.frequency],
        Vocabulary.GEOGRAPHIC_REGION: entry.region,
        Vocabulary.RELATIONSHIP_KIND: [relation.kind for relation in entry.relations],
        Vocabulary.RESOURCE_TYPE: [link.type for link in entry.links],
        Vocabulary.FORMAT: [link.format for link in entry.links],
    }
    for vocabulary, codes in used.items():
        known = {term["code"] for term in terms_on_file(vocabulary)}
        yield from (f"no code {code} of {vocabulary.value}" for code in codes if code not in known)


def _words(entry: Entry) -> Iterator[str]:
    if not SLUG.fullmatch(entry.slug) or not 4 <= len(entry.slug) <= 80:
        yield "no slug"
    for text in (entry.title, entry.description):
        if not all(text) or text.en == text.fr:
            yield f"one language: {text.en[:40]}"
    for words in entry.keywords:
        if not 3 <= len(words) <= 8 or not all(2 <= len(word) <= 140 for word in words):
            yield f"keywords {words}"
    if entry.machine_translated not in {"", "en", "fr"}:
        yield f"machine translation into {entry.machine_translated}"


def _dates(entry: Entry) -> Iterator[str]:
    if entry.published > entry.modified:
        yield "modified before it was published"
    if entry.withdrawal and entry.withdrawal.date < entry.modified:
        yield "modified after it was withdrawn"
    if entry.coverage and entry.coverage[0] > entry.coverage[1]:
        yield "coverage ends before it begins"
    if entry.box and not (entry.box[0] < entry.box[2] and -90 <= entry.box[1] < entry.box[3] <= 90):
        yield f"box {entry.box}"


def _tables(entry: Entry) -> Iterator[str]:
    columns = entry.table.columns
    rows = 1
    for column in columns:
        rows *= len(members(column)) if column.is_dimension else 1
        yield from _column(column)
    if rows not in ROWS:
        yield f"{rows} rows"
    ids = [column.id for column in columns]
    if len(set(ids)) < len(ids) or not {name for group in entry.table.rising for name in group} <= set(ids):
        yield f"columns {ids}"


def _column(column: Column) -> Iterator[str]:
    if column.low > column.high or column.first > column.last:
        yield f"{column.id}: bounds"
    if len(set(column.values)) < len(column.values):
        yield f"{column.id}: a value twice"
    if column.weights and len(column.weights) != len(column.values):
        yield f"{column.id}: {len(column.weights)} weights for {len(column.values)} values"


def _files(entry: Entry) -> Iterator[str]:
    if not 1 <= len(entry.files) <= 4 or not set(entry.files) <= {*BILINGUAL, *BY_LANGUAGE} - {"guide"}:
        yield f"files {entry.files}"
    if "geojson" in entry.files and not {column.kind for column in entry.table.columns} & {"place", "city", "province"}:
        yield "GeoJSON without a place"


def _relations(entries: Sequence[Entry]) -> list[str]:
    """A relation leads to another dataset, and is told on one side only: the portal shows its inverse on the other."""
    told = {(entry.slug, relation.kind, relation.to) for entry in entries for relation in entry.relations}
    slugs = {entry.slug for entry in entries}
    return [
        f"{slug}: {kind} {to}"
        for slug, kind, to in sorted(told)
        if to not in slugs - {slug} or (to, INVERSE_RELATIONSHIPS.get(kind, kind), slug) in told
    ] + [
        f"{entry.slug}: no successor {entry.withdrawal.successor}"
        for entry in entries
        if entry.withdrawal and entry.withdrawal.successor not in {"", *slugs} - {entry.slug}
    ]
