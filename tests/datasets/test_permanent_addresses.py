import pytest

from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "header", "status", "to"),
    [
        ("/dataset/{id}", "fr", 302, "/fr/jeux-de-donnees/tides/"),
        ("/dataset/tides", "en", 302, "/en/datasets/tides/"),
        ("/data/en/dataset/{id}", "fr", 301, "/en/datasets/tides/"),
        ("/data/fr/dataset/{id}", "en", 301, "/fr/jeux-de-donnees/tides/"),
        ("/dataset/{id}/resource/{file}", "en", 302, "/en/datasets/tides/resources/{file}/"),
        ("/dataset/{id}/resource/{file}/download/a.csv", "en", 302, "/en/datasets/tides/resources/{file}/download"),
    ],
)
def test_address_of_the_old_portal_leads_to_the_page(client, path, header, status, to):
    dataset = DatasetFactory(published=True, name="tides", resources=1)
    names = {"id": dataset.pk, "file": dataset.resources.get().pk}
    response = client.get(path.format(**names), headers={"Accept-Language": header})

    assert (response.status_code, response["Location"]) == (status, to.format(**names))
    assert "Accept-Language" in response["Vary"]


def test_withdrawn_record_leads_to_its_tombstone(client):
    dataset = DatasetFactory(withdrawn=True)

    assert client.get(f"/data/en/dataset/{dataset.pk}", follow=True).status_code == 410


@pytest.mark.parametrize("path", ["/dataset/{at}/resource/{file}", "/dataset/{at}/resource/{file}/download/a.csv"])
@pytest.mark.parametrize(("language", "reason"), [("en", "Replaced by a better"), ("fr", "Remplacé par une meilleure")])
def test_resource_of_a_withdrawn_record_is_gone_and_says_why(client, path, language, reason):
    dataset = DatasetFactory(withdrawn=True, resources=1)

    for at in (dataset.pk, dataset.name):
        answer = client.get(
            path.format(at=at, file=dataset.resources.get().pk), headers={"Accept-Language": language}, follow=True
        )
        assert (answer.status_code, reason in answer.content.decode()) == (410, True)


@pytest.mark.parametrize("leaf", ["", "/download/a.csv"])
def test_resource_of_a_draft_is_not_found_by_its_old_address(client, leaf):
    draft = DatasetFactory(resources=1)
    file = draft.resources.get().pk

    for at in (draft.pk, draft.name, "%00"):
        assert client.get(f"/dataset/{at}/resource/{file}{leaf}").status_code == 404


@pytest.mark.parametrize("path", ["/dataset/{}", "/data/fr/dataset/{}"])
def test_draft_is_not_found_by_its_permanent_address(client, path):
    assert client.get(path.format(DatasetFactory().pk)).status_code == 404
    assert client.get(path.format("%00")).status_code == 404
