"""Read the datasets of a DCAT-US 1.1 catalogue (`data.json`): in English only, and nothing is put where the French should be.

https://resources.data.gov/resources/dcat-us/

A dataset is turned into a CKAN package and read as one. What has no place in the schema is kept under `dcat_us`.
"""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from .ckan.packages import read_package
from .ckan.values import code_of
from .enums import Vocabulary
from .incoming import IncomingDataset, Publisher, Unreadable
from .selectors import terms

PLACED = frozenset(
    [
        "@type",
        "accrualPeriodicity",
        "description",
        "distribution",
        "issued",
        "keyword",
        "landingPage",
        "publisher",
        "temporal",
        "title",
    ]
)
FREQUENCIES = {"R/PT1S": "continual", "R/PT1H": "continual", "R/P0.33W": "P0.33W", "R/P3.5D": "P0.5W", "R/P4Y": "P4Y"}
MEDIA_TYPES = {
    "application/csv": "CSV",
    "application/vnd.api+json": "JSON",
    "application/vnd.google-earth.kmz+xml": "KMZ",
    "application/vnd.ms-excel": "XLS",
    "application/rss+xml": "RSS",
    "text/json": "JSON",
    "text/plain": "TXT",
    "text/xml": "XML",
}
UNTOLD_MEDIA_TYPES = frozenset(["application/octet-stream", "application/unknown"])
FORMAT_WORDS = {"shapefile": "SHP", "excel": "XLS", "csv file": "CSV", "zipped kmz": "KMZ"}
RESOURCE_TYPES = {"API": "api", "HTML": "website"}
BOX = re.compile(r"\s*,\s*".join([r"(-?\d+(?:\.\d+)?)"] * 4) + r"\s*$")
FILE_ENDING = re.compile(r"\.[a-z0-9]{2,7}$")


def read_dataset(dataset: Any) -> IncomingDataset:
    """A dataset of the catalogue as a record ready to be written. Its identifier stays the same over repeated imports.

    Raises:
        Unreadable: it is not an object, or has no identifier.
    """
    if not isinstance(dataset, dict):
        raise Unreadable("not an object")
    identifier = dataset.get("identifier")
    if not isinstance(identifier, str) or not identifier.strip():
        raise Unreadable("no identifier")
    record = read_package(_package(dataset, identifier))
    record.publisher = _publisher(dataset.get("publisher"))
    return record


def _package(dataset: Mapping[str, Any], identifier: str) -> dict[str, Any]:
    languages = _languages(dataset.get("language"))
    contact = dataset.get("contactPoint")
    contact = contact if isinstance(contact, dict) else {}
    return {
        "id": str(uuid5(NAMESPACE_URL, identifier)),
        "type": "dataset",
        "collection": "federated",
        "title_translated": {"en": dataset.get("title")},
        "notes_translated": {"en": dataset.get("description")},
        "keywords": {"en": dataset.get("keyword")},
        "program_page_url": {"en": dataset.get("landingPage")},
        "maintainer": contact.get("fn"),
        "maintainer_email": str(contact.get("hasEmail") or "").removeprefix("mailto:"),
        "frequency": frequency(dataset.get("accrualPeriodicity")),
        "license_id": license_code(dataset.get("license")),
        "restrictions": "unrestricted" if dataset.get("accessLevel") == "public" else None,
        "date_published": dataset.get("issued"),
        "date_modified": str(dataset.get("modified") or "")[:10],
        "metadata_created": dataset.get("issued") or dataset.get("modified"),
        "metadata_modified": dataset.get("modified"),
        "spatial": _spatial(dataset.get("spatial")),
        **_coverage(dataset.get("temporal")),
        "resources": [
            _resource(each, languages) if isinstance(each, dict) else each for each in _listed(dataset.get("distribution"))
        ],
        "dcat_us": {key: value for key, value in dataset.items() if key not in PLACED and value is not None},
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _publisher(value: Any) -> Publisher | None:
    name = value.get("name") if isinstance(value, dict) else None
    return Publisher(title_en=name.strip()) if isinstance(name, str) and name.strip() else None


def _languages(value: Any) -> list[str]:
    """`en-US`, and `us-EN` as some write it, are English; without any, so is the catalogue."""
    parts = [part.lower() for each in _listed(value) for part in str(each).split("-")]
    return list(dict.fromkeys(part for part in parts if part in ("en", "fr", "es"))) or ["en"]


def frequency(value: Any) -> str | None:
    """The code of an ISO 8601 repeating interval (`R/P1M`), or of a word (`irregular`)."""
    text = str(value) if value else ""
    return FREQUENCIES.get(text, text.removeprefix("R/")) or None


def license_code(value: Any) -> str | None:
    """The code of a licence's address, however it is written; the address itself where the licence is not known."""
    if not isinstance(value, str):
        return None
    plain = re.sub(r"^https?://(www\.)?", "", value).rstrip("/")
    return code_of(Vocabulary.LICENSE, plain) or value


def _coverage(value: Any) -> dict[str, str]:
    """The two ends of `2014-01-01/2025-12-31`; a year at the end means its last day."""
    if not isinstance(value, str) or not value:
        return {}
    start, _, end = value.partition("/")
    end = f"{end}-12-31" if re.fullmatch(r"\d{4}", end) else end
    return {"time_period_coverage_start": start[:10], "time_period_coverage_end": end[:10]}


def _spatial(value: Any) -> dict[str, Any] | None:
    """A geometry, or four numbers as west, south, east and north; the name of a place is none."""
    if isinstance(value, dict):
        return value if "coordinates" in value else None
    found = BOX.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    west, south, east, north = map(float, found.groups())
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _resource(distribution: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
    url = distribution.get("downloadURL") or distribution.get("accessURL")
    code, unknown = format_code(distribution.get("format"), distribution.get("mediaType"), url)
    is_api = str(distribution.get("format")).upper() == "API"
    placed = ("title", "description", "downloadURL", "@type", "format") if distribution.get("downloadURL") else (
        "title", "description", "accessURL", "@type", "format",
    )  # fmt: skip
    return {
        "name_translated": {"en": distribution.get("title")},
        "description_translated": {"en": distribution.get("description")},
        "url": url,
        "format": code or unknown,
        "resource_type": "api" if is_api else RESOURCE_TYPES.get(code or "", "dataset"),
        "language": languages,
        "dcat_us": {key: value for key, value in distribution.items() if key not in placed and value is not None},
    }


def format_code(words: Any, media_type: Any, url: Any) -> tuple[str | None, str | None]:
    """The format that a distribution names, by word, media type or the ending of its address.

    Returns:
        Its code, and what it was called where no code is known for it.
    """
    named = [str(each).strip() for each in (words, media_type) if each and str(each).upper() != "API"]
    for text in named:
        plain = text.lower()
        known = FORMAT_WORDS.get(plain) or MEDIA_TYPES.get(plain) or _code_of_media_type(plain)
        if code := known or terms.code_of(Vocabulary.FORMAT, text):
            return code, None
    ending = FILE_ENDING.search(PurePosixPath(_path(url)).name.lower())
    code = terms.code_of(Vocabulary.FORMAT, ending[0][1:]) if ending else None
    unknown = next((text for text in named if text.lower() not in UNTOLD_MEDIA_TYPES), None)
    return code, None if code else unknown


def _code_of_media_type(media_type: str) -> str | None:
    codes = [each.code for each in terms.choices(Vocabulary.FORMAT).values() if each.media_type == media_type]
    subtype = media_type.rpartition("/")[2]
    return next((code for code in codes if code.lower() == subtype), codes[0] if len(codes) == 1 else None)


def _path(url: Any) -> str:
    try:
        return urlsplit(str(url or "")).path
    except ValueError:
        return ""
