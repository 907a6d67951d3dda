"""Catalogues of any size, recombined from a folder of real data: the same for the same seed, and marked in each record."""

import csv
import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from datasets.ckan.packages import read_package
from datasets.importing.synthesis import NOTICE, packages, read_parts
from datasets.models import Dataset, Resource
from opengov.search.models import OutboxEntry
from tests.held_locks import held_elsewhere

pytestmark = pytest.mark.django_db

LONG = "A description that is long enough to be taken for one, which is to say of eighty characters. "
LONGUE = "Une description assez longue pour être prise pour telle, c'est-à-dire de quatre-vingts caractères. "


@pytest.fixture
def folder(tmp_path):
    """A small folder of the form of the real data."""
    for name in ("catalogue", "dcat-us", "disclosure"):
        (tmp_path / name).mkdir()
    titles = [{"en": f"Housing {n}", "fr": f"Logements {n}"} for n in range(3)]
    records = [
        {
            "title_translated": title,
            "owner_org": "cmhc-schl",
            "organization_title": {"en": "Canada Mortgage and Housing", "fr": "Société d'hypothèques et de logement"},
            "resources": [{"name_translated": {"en": "Starts by month", "fr": "Mises en chantier par mois"}}],
        }
        for title in titles
    ]
    with gzip.open(tmp_path / "catalogue" / "catalogue_union_2026.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    keywords = ["rent", "vacancy", "starts", "condominium"]
    agency = {"dataset": [{"description": f"American: {LONG}", "keyword": keywords}, {"description": "Too short"}]}
    (tmp_path / "dcat-us" / "hud.json").write_text(json.dumps(agency))
    for name, column in (("consultations", "description"), ("service", "service_description")):
        with (tmp_path / "disclosure" / f"{name}.csv").open("w", newline="") as file:
            rows = csv.DictWriter(file, [f"{column}_en", f"{column}_fr"])
            rows.writeheader()
            rows.writerow({f"{column}_en": f"{name}: {LONG}", f"{column}_fr": f"{name} : {LONGUE}"})
            rows.writerow({f"{column}_en": f"{name}: {LONG}", f"{column}_fr": "Trop court"})
    return tmp_path


def make(folder, **options):
    call_command("make_catalogue", source=folder, no_index=True, **options)


def made():
    rows = list(Dataset.objects.order_by("pk").values("id", "title_en", "title_fr", "notes_en", "notes_fr", "metadata_hash"))
    return rows, list(Resource.objects.order_by("pk").values("id", "dataset_id", "metadata_hash"))


def test_the_parts_are_gathered_in_both_languages_and_what_is_too_short_is_left_out(folder):
    parts = read_parts(folder)

    assert parts.titles == [(f"Housing {n}", f"Logements {n}") for n in range(3)]
    assert [text[1] for text in parts.texts] == [f"{name} : {LONGUE}".strip() for name in ("consultations", "service")]
    assert parts.english_texts == [f"American: {LONG}"]
    assert parts.resource_names == [("Starts by month", "Mises en chantier par mois")]


def test_each_record_is_public_full_of_its_own_and_says_that_it_is_synthesised(folder):
    make(folder, datasets=60)

    assert Dataset.objects.published().count() == 60
    assert len(set(Dataset.objects.values_list("title_en", "title_fr"))) == 60
    assert 60 < Resource.objects.count() <= 60 * 7
    assert OutboxEntry.objects.count() == Dataset.objects.filter(versions__resource_id=None, version=1).count() == 60
    for dataset in Dataset.objects.all():
        assert dataset.notes_en.endswith(NOTICE[0])
        assert dataset.notes_fr.endswith(NOTICE[1])
        assert (dataset.approved_at_source, dataset.owner_org.name) == ("make_catalogue, seed 1", "cmhc-schl")
        assert dataset.extras["synthesised"]["seed"] == 1
        assert all([dataset.subject, dataset.frequency, dataset.keywords_en, dataset.keywords_fr, dataset.license_id])
    assert 0 < Dataset.objects.filter(west=None).count() < 60
    assert set(Resource.objects.values_list("format", flat=True)) >= {"CSV", "PDF"}


def test_the_portals_schema_knows_every_value(folder):
    assert [read_package(package).remarks for package in packages(read_parts(folder), number=200, seed=3)] == [[]] * 200


def test_no_two_records_have_the_same_title(folder):
    titles = [tuple(package["title_translated"].values()) for package in packages(read_parts(folder), number=500, seed=1)]

    assert len(set(titles)) == 500


def test_the_same_seed_makes_the_same_records_however_many(folder, capsys):
    make(folder, datasets=4, seed=7)
    first = made()
    make(folder, datasets=6, seed=7)
    second = made()
    make(folder, datasets=2, seed=8)

    assert "2 datasets created, 0 updated, 4 unchanged" in capsys.readouterr().out
    assert [row for before, after in zip(first, second, strict=True) for row in before if row not in after] == []
    assert Dataset.objects.count() == 8


def test_a_folder_without_the_real_data_is_named(folder):
    (folder / "disclosure" / "service.csv").unlink()

    with pytest.raises(CommandError, match=r"does not hold the real data: .*service\.csv"):
        make(folder, datasets=1)


@pytest.mark.django_db(transaction=True)
def test_it_does_not_run_beside_an_import(folder):
    with held_elsewhere("import"), pytest.raises(CommandError, match="Another import is running"):
        make(folder, datasets=1)


@pytest.mark.sample_data
def test_the_real_folder_gives_parts_enough_for_any_number(sample_data):
    parts = read_parts(sample_data)

    assert len(parts.titles) > 15_000
    assert len(parts.texts) > 3_000
    assert len(parts.organizations) == 128
    assert min(len(parts.english_texts), len(parts.resource_names), len(parts.keywords)) > 1_500
    assert [read_package(package).remarks for package in packages(parts, number=300, seed=1)] == [[]] * 300
