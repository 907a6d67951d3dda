"""Load the controlled vocabularies from the files of `datasets/vocabularies/`."""

import json
from importlib import resources
from typing import Any

from django.db import transaction

from ..enums import Vocabulary


def terms_on_file(vocabulary: str) -> list[dict[str, Any]]:
    """The terms of one vocabulary as on file: `code en fr`, and where they apply `aliases media_type openness url_en url_fr`."""
    text = resources.files("datasets.vocabularies").joinpath(f"{vocabulary}.json").read_text("utf-8")
    terms: list[dict[str, Any]] = json.loads(text)
    return terms


@transaction.atomic
def load_vocabularies(*, term_model: Any) -> int:
    """Add the terms on file that are missing, and bring the others up to date; what staff added or retired stays.

    Args:
        term_model: `Term`, or its historical model in a migration.

    Returns:
        The number of terms on file.
    """
    rows = [
        term_model(
            vocabulary=vocabulary,
            code=term["code"],
            label=term["en"],
            label_en=term["en"],
            label_fr=term["fr"],
            aliases=term.get("aliases", []),
            position=position,
            media_type=term.get("media_type", ""),
            openness=term.get("openness"),
            url=term.get("url_en", ""),
            url_en=term.get("url_en", ""),
            url_fr=term.get("url_fr", ""),
        )
        for vocabulary in Vocabulary.values
        for position, term in enumerate(terms_on_file(vocabulary))
    ]
    term_model.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["vocabulary", "code"],
        update_fields=[
            "label",
            "label_en",
            "label_fr",
            "aliases",
            "position",
            "media_type",
            "openness",
            "url",
            "url_en",
            "url_fr",
        ],
    )
    return len(rows)
