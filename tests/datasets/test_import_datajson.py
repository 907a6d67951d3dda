import json

import pytest
from django.core.management import call_command

from datasets.dcat_us import format_code, frequency, license_code, read_dataset
from datasets.incoming import Unreadable
from datasets.models import Dataset, Resource

pytestmark = pytest.mark.django_db
DATASET = {
    "@type": "dcat:Dataset",
    "accessLevel": "public",
    "accrualPeriodicity": "R/P1M",
    "bureauCode": ["009:38"],
    "contactPoint": {"fn": "Data Desk", "hasEmail": "mailto:desk@example.gov"},
    "description": "Monthly enrollment.",
    "distribution": [
        {"downloadURL": "https://example.gov/rows.csv", "mediaType": "text/csv", "title": "Table"},
        {"accessURL": "https://example.gov/api", "format": "API"},
    ],
    "identifier": "https://example.gov/id/1",
    "issued": "2014-05-12T00:00:00",
    "keyword": ["enrollment", "medicare"],
    "landingPage": "https://example.gov/enrollment",
    "language": ["us-EN"],
    "license": "http://www.usa.gov/publicdomain/label/1.0/",
    "modified": "2024-02-22T12:25:27-05:00",
    "publisher": {"name": "Medicare Bureau"},
    "spatial": "-165.7,18.2,-60,68.1",
    "temporal": "2014-01/2025",
    "title": "Enrollment",
}


def test_a_dataset_is_read_with_its_formats_links_licence_and_publisher():
    record = read_dataset(DATASET)
    columns = record.columns

    assert record.remarks == []
    assert (columns["title_en"], columns["notes_en"], columns["keywords_en"]) == (
        "Enrollment", "Monthly enrollment.", ["enrollment", "medicare"],
    )  # fmt: skip
    assert (columns["frequency"], columns["license_id"], columns["collection"]) == ("P1M", "us-pd", "federated")
    assert (columns["program_page_url_en"], columns["maintainer_email"]) == ("https://example.gov/enrollment", "desk@example.gov")
    assert [str(columns[f"time_period_coverage_{end}"]) for end in ("start", "end")] == ["2014-01-01", "2025-12-31"]
    assert columns["spatial"]["coordinates"][0][2] == [-60, 68.1]
    assert record.publisher.title_en == "Medicare Bureau"
    table, api = (each.columns for each in record.resources)
    assert (table["format"], table["resource_type"], table["url"], table["language"]) == (
        "CSV", "dataset", "https://example.gov/rows.csv", ["en"],
    )  # fmt: skip
    assert (api["format"], api["resource_type"], api["url"]) == ("", "api", "https://example.gov/api")
    assert columns["extras"]["dcat_us"]["bureauCode"] == ["009:38"]


def test_it_is_english_only_and_nothing_is_put_where_the_french_should_be():
    record = read_dataset(DATASET)

    french = {name: value for name, value in record.columns.items() if name.endswith("_fr") and value}
    assert french == {}
    assert record.publisher.title_fr == ""
    assert all(not value for each in record.resources for name, value in each.columns.items() if name.endswith("_fr"))


def test_its_pages_say_that_it_is_in_english_only(tmp_path, client):
    path = tmp_path / "data.json"
    path.write_text(json.dumps({"dataset": [DATASET]}))
    call_command("import_datajson", str(path), no_index=True, source="example.gov")
    address = Dataset.objects.get().get_absolute_url().rpartition("datasets/")[2]

    english, french = (client.get(start + address).content.decode() for start in ("/en/datasets/", "/fr/jeux-de-donnees/"))

    assert "English only" in english
    assert "En anglais seulement" in french
    assert '<span lang="en">Enrollment</span>' in french
    assert '<span lang="en">Enrollment</span>' not in english


def test_the_identifier_gives_the_same_id_each_time():
    assert read_dataset(DATASET).id == read_dataset(dict(DATASET, title="Renamed")).id
    with pytest.raises(Unreadable, match="no identifier"):
        read_dataset({"title": "Nameless"})


@pytest.mark.parametrize(
    ("words", "media_type", "url", "code"),
    [
        ("csv", None, "", "CSV"),
        ("spreadsheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "", "XLSX"),
        (None, "application/json", "", "JSON"),
        (None, "application/rdf+xml", "", "RDF"),
        (None, None, "https://example.gov/a/report.PDF?x=1", "PDF"),
        ("API", None, "https://example.gov/v1", None),
        (None, "application/octet-stream", "https://example.gov/file", None),
    ],
)
def test_formats_are_known_by_word_media_type_or_ending(words, media_type, url, code):
    assert format_code(words, media_type, url) == (code, None)


def test_an_unknown_format_is_named():
    assert format_code("aspx", None, "https://example.gov/page") == (None, "aspx")


def test_words_and_intervals_of_frequency():
    assert [frequency(each) for each in ("R/P1Y", "R/PT1S", "R/P3.5D", "irregular", None)] == [
        "P1Y", "continual", "P0.5W", "irregular", None,
    ]  # fmt: skip


def test_an_unknown_licence_is_kept_as_it_was():
    assert license_code("https://example.gov/terms") == "https://example.gov/terms"
    assert license_code("https://creativecommons.org/publicdomain/zero/1.0") == "cc-zero"


def test_a_document_cut_off_in_the_middle_gives_what_was_whole(tmp_path, capsys):
    whole = json.dumps({"conformsTo": "x", "dataset": [DATASET, dict(DATASET, identifier="2")]})
    path = tmp_path / "data.json"
    path.write_text(whole[:-40])

    with pytest.raises(SystemExit) as stop:
        call_command("import_datajson", str(path), summary="json")

    summary = json.loads(capsys.readouterr().out)
    assert (stop.value.code, summary["created"], Dataset.objects.count()) == (2, 1, 1)
    assert "not readable after record 1" in summary["error"]


@pytest.mark.sample_data
def test_the_six_agencies_load(sample_data):
    for agency in ("cms", "dhs", "energy", "fcc", "gsa", "treasury"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.exit", lambda status: None)
            call_command("import_datajson", str(sample_data / "dcat-us" / f"{agency}.json"), no_index=True)

    assert Dataset.objects.published().count() == 2345
    assert Dataset.objects.exclude(notes_en="").count() == 2343  # two come without a description
    assert not Dataset.objects.exclude(title_fr="").exists()
    assert Resource.objects.exclude(format="").count() > 3_400
