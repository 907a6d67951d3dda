"""What was imported is given out in today's shape, and reading that gives the same again, byte for byte."""

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import Organization
from datasets.ckan.records import organization_summary
from datasets.models import Dataset
from datasets.selectors.packages import packages
from tests.factories.datasets import DatasetFactory

WHOLE_PACKAGES = ("majechr_import.jsonl", "obd_sample_2.jsonl")
PACKED = ("distributor", "spatial")  # JSON as text: the same object, its keys in another order
REPOSITORY = Path(settings.BASE_DIR)


def load(*paths):
    for path in paths:
        try:
            call_command("import_ckan", str(path), no_index=True)
        except SystemExit as stop:
            assert stop.code == 1  # noqa: PT017 - values were noted


def export(path, **options):
    call_command("export_ckan", out=path, **options)
    return path.read_bytes()


def empty():
    Dataset.objects.all().delete()
    Organization.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.sample_data
def test_the_fourteen_whole_packages_are_a_fixed_point(sample_data, tmp_path):
    load(*(sample_data / "catalogue" / name for name in WHOLE_PACKAGES))
    first = export(tmp_path / "first.jsonl")
    empty()
    load(tmp_path / "first.jsonl")

    assert first.count(b"\n") == 14
    assert export(tmp_path / "second.jsonl") == first


@pytest.mark.django_db
@pytest.mark.sample_data
def test_todays_packages_come_back_as_they_were(sample_data, tmp_path):
    """The live portal's examples, but for keys that say nothing, and for those that a portal computes."""
    examples = json.loads((sample_data / "catalogue" / "live_scheming_schema_dump.json").read_bytes())["examples"]
    originals = {each["package"]["id"]: each["package"] for each in examples if "package" in each}
    path = tmp_path / "examples.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in originals.values()))
    load(path)

    for back in packages(Dataset.objects.published()):
        original = originals[back["id"]]
        computed = {"organization", "resources", "owner_org", "contact_information", *PACKED}
        for key, value in original.items():
            if key not in computed and says_something(value):
                assert back[key] == value, key
        assert [json.loads(back.get(key) or "{}") for key in PACKED] == [json.loads(original.get(key) or "{}") for key in PACKED]
        assert back["owner_org"] == original["owner_org"].lower()
        for mine, theirs in zip(back["resources"], original["resources"], strict=True):
            assert {key: mine.get(key) for key, value in theirs.items() if says_something(value)} == {
                key: value for key, value in theirs.items() if says_something(value)
            }


def says_something(value):
    if isinstance(value, dict):
        return any(map(says_something, value.values()))
    return value not in (None, "", [])


@pytest.mark.django_db
@pytest.mark.sample_data
def test_the_union_of_2026_is_a_fixed_point(sample_data, tmp_path):
    with gzip.open(sample_data / "catalogue" / "catalogue_union_2026.jsonl.gz") as file:
        (tmp_path / "part.jsonl").write_bytes(b"".join(line for number, line in enumerate(file) if number % 20 == 0))
    load(tmp_path / "part.jsonl")
    first = export(tmp_path / "first.jsonl.gz")
    empty()
    load(tmp_path / "first.jsonl.gz")

    assert Dataset.objects.count() == 804
    assert export(tmp_path / "second.jsonl.gz") == first.replace(b"first", b"second")


@pytest.mark.django_db
def test_only_what_is_public_is_given_out_and_of_an_organization_where_one_is_named(tmp_path, capsysbinary):
    mine, other = DatasetFactory(published=True, resources=1), DatasetFactory(published=True)
    DatasetFactory()
    DatasetFactory(withdrawn=True)

    names = {json.loads(line)["name"] for line in export(tmp_path / "all.jsonl").splitlines()}
    one = export(tmp_path / "one.jsonl", organization=mine.owner_org.name).splitlines()
    capsysbinary.readouterr()
    call_command("export_ckan")

    assert names == {mine.name, other.name}
    assert [json.loads(line)["num_resources"] for line in one] == [1]
    assert capsysbinary.readouterr().out == (tmp_path / "all.jsonl").read_bytes()
    with pytest.raises(CommandError, match="no organization"):
        call_command("export_ckan", organization="nobody")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 5])
def test_an_export_asks_the_same_queries_however_many_records_there_are(count, django_assert_num_queries):
    DatasetFactory.create_batch(count, published=True, resources=2)

    with django_assert_num_queries(5):
        assert len(list(packages(Dataset.objects.published()))) == count


@pytest.mark.django_db
def test_chunks_follow_each_other_by_id_and_leave_none_out(monkeypatch):
    monkeypatch.setattr("datasets.selectors.packages.CHUNK", 2)
    DatasetFactory.create_batch(4, published=True)
    ids = [str(pk) for pk in Dataset.objects.order_by("pk").values_list("pk", flat=True)]

    assert [each["id"] for each in packages(Dataset.objects.published())] == ids
    assert [each["id"] for each in packages(Dataset.objects.published().filter(pk__in=ids[:3]))] == ids[:3]


def test_an_organization_with_one_title_is_named_by_it():
    names = {"id": "1", "name": "statcan"}

    assert (
        organization_summary({**names, "title_en": "Statistics", "title_fr": "Statistique"})["title"]
        == "Statistics | Statistique"
    )
    assert organization_summary({**names, "title_en": "statcan", "title_fr": ""})["title"] == "statcan"


def test_an_import_killed_in_the_middle_and_run_again_makes_the_same_catalogue(tmp_path):
    """In a process of its own, over a database of its own, killed as soon as its first batches are written."""
    source = tmp_path / "dump.jsonl"
    source.write_text("".join(json.dumps(package(number)) + "\n" for number in range(1_500)))
    template = tmp_path / "template.sqlite3"
    manage(template, "migrate", "-v0")
    whole, killed = (tmp_path / f"{name}.sqlite3" for name in ("whole", "killed"))
    for database in (whole, killed):
        database.write_bytes(template.read_bytes())
    manage(whole, "import_ckan", source, "--batch-size", "100", "--no-index")

    process = start(killed, "import_ckan", source, "--batch-size", "20", "--no-index")
    kill_after_a_checkpoint(process, killed.with_suffix(".var") / "imports")
    cut_off = count(killed, "datasets_dataset")
    said = manage(killed, "import_ckan", source, "--batch-size", "100", "--no-index")

    assert 0 < cut_off < 1_500
    assert "goes on after" in said
    out = [manage(database, "export_ckan") for database in (whole, killed)]
    assert out[0].count("\n") == 1_500
    assert out[0] == out[1]
    for table in ("datasets_version", "search_outboxentry"):
        assert count(whole, table) == count(killed, table) > 0


def package(number):
    pk = f"00000000-0000-4000-8000-{number:012d}"
    resource = {"id": pk.replace("-8000-", "-9000-"), "name_translated": {"en": "Table", "fr": "Tableau"}, "format": "CSV"}
    title = {"en": f"Starts {number}", "fr": f"Chantiers {number}"}
    return {
        "id": pk,
        "title_translated": title,
        "owner_org": f"org-{number % 7}",
        "metadata_created": "2020-01-01",
        "resources": [resource],
    }


def start(database, *arguments):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DEBUG": "1",
        "VAR_DIR": str(database.with_suffix(".var")),
    }
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def manage(database, *arguments):
    output, _ = start(database, *arguments).communicate(timeout=300)
    return output


def kill_after_a_checkpoint(process, folder):
    deadline = time.monotonic() + 200
    while not list(folder.glob("*.checkpoint.json")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def count(database, table):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(f"select count(*) from {table}").fetchone()[0]
