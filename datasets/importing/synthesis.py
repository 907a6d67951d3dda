"""Catalogues of any size for tests of volume, recombined from real titles and descriptions. Each record says that it is one.

The record of a number is the same for the same seed and folder, however many are made.
"""

import csv
import datetime as dt
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import orjson

from ..enums import Vocabulary
from ..selectors import terms

Pair = tuple[str, str]  # English, French
NOTICE = (
    "This record was synthesised from parts of real records for tests of volume. It describes no data.",
    "Cette notice a été composée de parties de notices réelles pour des essais de volume. Elle ne décrit aucune donnée.",
)
FIRST_DAY, LAST_DAY = dt.date(2009, 1, 1), dt.date(2026, 10, 31)
CANADA = (-140.0, 42.0, -55.0, 80.0)
SHARE_WITH_BOX, SHARE_WITH_COVERAGE = 0.4, 0.6
MEAN_RESOURCES = 4
LONGEST_TEXT, SHORTEST_TEXT = 3_000, 80
FORMATS = {
    "CSV": 30, "HTML": 18, "PDF": 14, "XLSX": 9, "XLS": 4, "SHP": 7, "GEOJSON": 5, "JSON": 6, "XML": 6, "WMS": 5, "ESRI REST": 5,
    "ZIP": 6, "FGDB/GDB": 4, "KML": 3, "GPKG": 2, "TIFF": 2, "NetCDF": 1, "RDF": 1, "TXT": 2,
}  # fmt: skip
COLLECTIONS = {"primary": 60, "fgp": 15, "geogratis": 6, "federated": 10, "publication": 5, "api": 2, "app": 1, "code": 1}
FREQUENCIES = {
    "P1Y": 25,
    "P1M": 15,
    "as_needed": 25,
    "irregular": 10,
    "not_planned": 10,
    "P3M": 6,
    "P1D": 4,
    "P1W": 3,
    "unknown": 8,
}
LICENSES = {"ca-ogl-lgo": 85, "qc-cc-by": 5, "on-oglo": 5, "ab-ogla": 5}
JURISDICTIONS = {"federal": 82, "provincial": 15, "municipal": 3}
RESOURCE_TYPES = {"dataset": 70, "guide": 12, "api": 6, "website": 6, "data_dictionary": 4, "web_service": 2}
LANGUAGES: dict[tuple[str, ...], int] = {("en", "fr"): 50, ("en",): 28, ("fr",): 20, ("zxx",): 2}


@dataclass(frozen=True, slots=True)
class Parts:
    """What records are put together from."""

    titles: list[Pair]
    organizations: list[dict[str, Any]]
    resource_names: list[Pair]
    texts: list[Pair]
    english_texts: list[str]
    keywords: list[str]


def read_parts(folder: Path) -> Parts:
    """Gather the parts from a folder of real data.

    Raises:
        OSError: a file of it is missing.
    """
    titles: set[Pair] = set()
    names: set[Pair] = set()
    organizations: dict[str, Any] = {}
    with gzip.open(folder / "catalogue" / "catalogue_union_2026.jsonl.gz") as file:
        for line in file:
            record = orjson.loads(line)
            titles.add((record["title_translated"]["en"], record["title_translated"]["fr"]))
            organizations.setdefault(record["owner_org"], record["organization_title"])
            names.update((each["name_translated"]["en"], each["name_translated"]["fr"]) for each in record["resources"][:1])
    english: set[str] = set()
    keywords: set[str] = set()
    for path in sorted((folder / "dcat-us").glob("*.json")):
        for dataset in json.loads(path.read_bytes())["dataset"]:
            english.add(dataset["description"])
            keywords.update(word for word in dataset.get("keyword", []) if isinstance(word, str) and 2 <= len(word) <= 40)
    disclosure = folder / "disclosure"
    texts = {*_pairs(disclosure / "consultations.csv", "description"), *_pairs(disclosure / "service.csv", "service_description")}
    return Parts(
        titles=sorted(titles),
        organizations=[{"owner_org": name, "organization_title": title} for name, title in sorted(organizations.items())],
        resource_names=sorted(names),
        texts=sorted(texts),
        english_texts=sorted(text for text in english if SHORTEST_TEXT <= len(text) <= LONGEST_TEXT),
        keywords=sorted(keywords),
    )


def _pairs(path: Path, column: str) -> Iterator[Pair]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            pair = row[f"{column}_en"].strip(), row[f"{column}_fr"].strip()
            if all(SHORTEST_TEXT <= len(text) <= LONGEST_TEXT for text in pair):
                yield pair


def packages(parts: Parts, *, number: int, seed: int) -> Iterator[dict[str, Any]]:
    """So many CKAN packages, each with a title of its own in each language."""
    seen: set[Pair] = set()
    for index in range(number):
        random = Random(f"{seed}/{index}")  # noqa: S311
        title = _title(parts, random)
        while title in seen:
            title = _title(parts, random)
        seen.add(title)
        yield _package(parts, random, title, index, seed)


def _title(parts: Parts, random: Random) -> Pair:
    """A real title, with a place and a year that it did not have."""
    english, french = random.choice(parts.titles)
    places = list(terms.choices(Vocabulary.GEOGRAPHIC_REGION).values())
    place, year = random.choice(places), random.randint(FIRST_DAY.year, LAST_DAY.year)
    return f"{english}, {place.label_en}, {year}", f"{french}, {place.label_fr}, {year}"


def _package(parts: Parts, random: Random, title: Pair, index: int, seed: int) -> dict[str, Any]:
    pk = UUID(int=random.getrandbits(128), version=4)
    text, published = random.choice(parts.texts), _day(random, FIRST_DAY)
    modified = _day(random, published)
    own_language = [random.choice(parts.english_texts), text[0], NOTICE[0]] if random.random() < 0.5 else [text[0], NOTICE[0]]
    package = {
        "id": str(pk),
        "name": str(pk),
        "type": "dataset",
        **random.choice(parts.organizations),
        "title_translated": {"en": title[0], "fr": title[1]},
        "notes_translated": {"en": "\n\n".join(own_language), "fr": f"{text[1]}\n\n{NOTICE[1]}"},
        "keywords": {"en": random.sample(parts.keywords, 4), "fr": _words(title[1], random)},
        "collection": _weighted(random, COLLECTIONS),
        "subject": _codes(random, Vocabulary.SUBJECT, 2),
        "audience": _codes(random, Vocabulary.AUDIENCE, 1),
        "topic_category": _codes(random, Vocabulary.TOPIC_CATEGORY, 1) if random.random() < SHARE_WITH_BOX else [],
        "geographic_region": _codes(random, Vocabulary.GEOGRAPHIC_REGION, 1),
        "frequency": _weighted(random, FREQUENCIES),
        "jurisdiction": _weighted(random, JURISDICTIONS),
        "license_id": _weighted(random, LICENSES),
        "restrictions": "unrestricted",
        "date_published": published.isoformat(),
        "date_modified": modified.isoformat(),
        "metadata_created": f"{published.isoformat()}T12:00:00",
        "metadata_modified": f"{modified.isoformat()}T12:00:00",
        "maintainer_email": "data@example.org",
        "synthesised": {"seed": seed, "number": index},
        "resources": [_resource(parts, random, pk, modified) for _ in range(random.randint(1, 2 * MEAN_RESOURCES - 1))],
    }
    if random.random() < SHARE_WITH_BOX:
        package["spatial"] = _square(random)
    if random.random() < SHARE_WITH_COVERAGE:
        start = _day(random, FIRST_DAY)
        package |= {"time_period_coverage_start": start.isoformat(), "time_period_coverage_end": _day(random, start).isoformat()}
    return package


def _resource(parts: Parts, random: Random, dataset: UUID, modified: dt.date) -> dict[str, Any]:
    pk = UUID(int=random.getrandbits(128), version=4)
    name, code = random.choice(parts.resource_names), _weighted(random, FORMATS)
    return {
        "id": str(pk),
        "name_translated": {"en": name[0], "fr": name[1]},
        "format": code,
        "resource_type": _weighted(random, RESOURCE_TYPES),
        "language": list(_weighted(random, LANGUAGES)),
        "url": f"https://example.org/{dataset}/{pk}.{code.partition('/')[0].partition(' ')[0].lower()}",
        "size": random.randint(1_000, 50_000_000),
        "date_published": modified.isoformat(),
        "created": f"{modified.isoformat()}T12:00:00",
        "metadata_modified": f"{modified.isoformat()}T12:00:00",
    }


def _weighted(random: Random, weights: dict[Any, int]) -> Any:
    return random.choices(list(weights), list(weights.values()))[0]


def _codes(random: Random, vocabulary: str, most: int) -> list[str]:
    return random.sample(list(terms.choices(vocabulary)), random.randint(1, most))


def _words(title: str, random: Random) -> list[str]:
    """Keywords of a French title: its longer words."""
    words = sorted({word.strip(",.;:()[]«»’'\"").lower() for word in title.split() if len(word) > 5} - {""})
    return random.sample(words, min(4, len(words)))


def _day(random: Random, first: dt.date) -> dt.date:
    return first + dt.timedelta(days=random.randint(0, (LAST_DAY - first).days))


def _square(random: Random) -> dict[str, Any]:
    west, south = random.uniform(CANADA[0], CANADA[2]), random.uniform(CANADA[1], CANADA[3])
    size = random.choice((0.2, 1, 5, 20))
    east, north = min(west + size, CANADA[2]), min(south + size / 2, CANADA[3])
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [[[round(number, 4) for number in point] for point in ring]]}
