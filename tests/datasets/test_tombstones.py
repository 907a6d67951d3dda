"""What is left at the addresses of a withdrawn dataset and of its parts."""

import pytest

from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db


PARTS = ["", "metadata.json", "versions.atom", "citation.bib", "{resource}", "{resource}download", "{history}"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("language", "reason"), [("en", "Replaced by a better series."), ("fr", "Remplacé par une meilleure série.")]
)
def test_every_part_of_a_withdrawn_dataset_is_gone_and_says_why(client, part, language, reason):
    dataset = DatasetFactory(withdrawn=True, resources=1)
    words = {"en": ("datasets", "resources", "history"), "fr": ("jeux-de-donnees", "ressources", "historique")}[language]
    leaf = part.format(resource=f"{words[1]}/{dataset.resources.get().pk}/", history=f"{words[2]}/")

    answer = client.get(f"/{language}/{words[0]}/{dataset.name}/{leaf}")

    assert answer.status_code == 410
    assert reason in answer.content.decode()


def test_a_draft_that_was_never_public_leaves_no_tombstone(client):
    dataset = DatasetFactory(resources=1)

    for leaf in ("", "metadata.json", f"resources/{dataset.resources.get().pk}/"):
        assert client.get(f"/en/datasets/{dataset.name}/{leaf}").status_code == 404
