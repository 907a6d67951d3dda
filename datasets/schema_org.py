"""A dataset in the words of schema.org, as search engines read it."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from .selectors.dataset_page import DatasetPage

# As `json_script` does it: nothing in the text can end the script element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(page: DatasetPage, language: str) -> SafeString:
    """The content of a `<script type="application/ld+json">`, escaped for it."""
    document = {name: value for name, value in _dataset(page, language).items() if value}
    return mark_safe(json.dumps(document, ensure_ascii=False).translate(ESCAPES))


def _dataset(page: DatasetPage, language: str) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": page.citation.publisher} if page.citation.publisher else None
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": settings.SITE_URL + page.url,
        "url": settings.SITE_URL + page.url,
        "identifier": page.citation.doi or str(page.id),
        "name": str(page.title),
        "description": page.summary,
        "inLanguage": page.title.language or language,
        "keywords": [str(item.text) for item in page.keywords],
        "license": page.license[0].url if page.license else "",
        "creator": publisher,
        "publisher": publisher,
        "datePublished": str(page.citation.year or ""),
        "dateModified": page.updated_on.isoformat() if page.updated_on else "",
        "isAccessibleForFree": True,
        "temporalCoverage": _period(page),
        "spatialCoverage": _place(page),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": str(line.title),
                "encodingFormat": line.format,
                "contentUrl": settings.SITE_URL + line.download_url,
            }
            for line in page.resources
            if line.download_url
        ],
    }


def _period(page: DatasetPage) -> str:
    first, last = page.coverage
    return f"{first or '..'}/{last or '..'}" if first or last else ""


def _place(page: DatasetPage) -> dict[str, Any] | None:
    if page.box is None:
        return None
    west, south, east, north = page.box
    return {"@type": "Place", "geo": {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}}
