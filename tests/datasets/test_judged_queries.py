"""How well people's words find what they mean: recall@10 and MRR on the real titles, printed and held to a baseline."""

import gzip
import json
from pathlib import Path

import pytest
from haystack import connections

from opengov.search.engine import Query, engine
from opengov.search.fields import Codes, SortText, Text

JUDGED = json.loads(Path(__file__).with_name("judged_queries.json").read_text(encoding="utf-8"))


def _blank(field):
    if isinstance(field, Codes):
        return []
    return "" if isinstance(field, Text | SortText) else None


@pytest.fixture
def index_of_titles(sample_data):
    fields = connections["default"].get_unified_index().all_searchfields()
    blank = {
        name: [] if isinstance(field, Codes) else "" if isinstance(field, Text | SortText) else None
        for name, field in fields.items()
    }

    def documents():
        with gzip.open(sample_data / "catalogue/catalogue_union_2026.jsonl.gz", "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                titles = {f"title_{language}": record["title_translated"].get(language) or "" for language in ("en", "fr")}
                yield {**blank, **titles, "popularity": 0, "id": record["id"], "stamp": "", "visible_from": 0.0}

    engine().switch_to(engine().build(documents()))


def test_judged_queries_find_at_least_what_they_found_before(index_of_titles):
    for language, judged in JUDGED["queries"].items():
        recalls, ranks = [], []
        for text, relevant in judged.items():
            ids = engine().find(Query(text=text, language=language, limit=10)).ids
            recalls.append(len(set(ids) & set(relevant)) / min(10, len(relevant)))
            ranks.append(next((1 / place for place, pk in enumerate(ids, 1) if pk in relevant), 0.0))
        recall, rank = sum(recalls) / len(recalls), sum(ranks) / len(ranks)
        print(f"{language}: {len(judged)} queries, recall@10 {recall:.3f}, MRR {rank:.3f}")  # noqa: T201
        least_recall, least_rank = JUDGED["baseline"][language]
        assert recall >= least_recall
        assert rank >= least_rank
