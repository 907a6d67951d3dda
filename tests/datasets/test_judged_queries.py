"""How well people's words find what they mean: recall@10 and MRR on the real titles, printed and held to a baseline.

Plurals, missing accents, misspelt words, acronyms and synonyms are among them.
"""

import gzip
import json
from pathlib import Path

import pytest

from accounts.models import Organization
from datasets.models import Dataset
from datasets.search_indexes import DatasetIndex
from opengov.search.engine import Query, engine

pytestmark = [pytest.mark.django_db, pytest.mark.sample_data]

JUDGED = json.loads(Path(__file__).with_name("judged_queries.json").read_text(encoding="utf-8"))


def documents(folder):
    """The index's own documents of the real catalogue; nothing is written to the database."""
    index, publishers = DatasetIndex(), {}
    with gzip.open(folder / "catalogue" / "catalogue_union_2026.jsonl.gz") as lines:
        for record in map(json.loads, lines):
            slug, title = record["owner_org"], record["organization_title"]
            publisher = publishers.setdefault(slug, Organization(name=slug, title_en=title["en"], title_fr=title["fr"]))
            titles = {f"title_{language}": text for language, text in record["title_translated"].items()}
            dataset = Dataset(id=record["id"], name=record["id"], owner_org=publisher, state="published", **titles)
            dataset._prefetched_objects_cache = {"resources": []}
            yield index.full_prepare(dataset)


def found(text, language):
    """The ten first; of the better spelling, where the engine suggests one."""
    hits = engine().find(Query(text=text, language=language, limit=10))
    return engine().find(Query(text=hits.suggestion, language=language, limit=10)).ids if hits.suggestion else hits.ids


def test_judged_queries_find_at_least_what_they_found_before(sample_data):
    engine().switch_to(engine().build(documents(sample_data)))
    for language, judged in JUDGED["queries"].items():
        recalls, ranks = [], []
        for text, relevant in judged.items():
            ids = found(text, language)
            recalls.append(len(set(ids) & set(relevant)) / min(10, len(relevant)))
            ranks.append(next((1 / place for place, pk in enumerate(ids, 1) if pk in relevant), 0.0))
        recall, rank = sum(recalls) / len(recalls), sum(ranks) / len(ranks)
        print(f"{language}: {len(judged)} queries, recall@10 {recall:.3f}, MRR {rank:.3f}")  # noqa: T201
        least_recall, least_rank = JUDGED["baseline"][language]
        assert recall >= least_recall
        assert rank >= least_rank
