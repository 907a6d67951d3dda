"""The command on what real portals give out, and on what breaks."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Organization
from datasets.models import Dataset, Resource, Version
from opengov.search.models import OutboxEntry

pytestmark = pytest.mark.django_db


def package(n=1, **changes):
    pk = f"00000000-0000-4000-8000-{n:012d}"
    return {
        "id": pk,
        "name": f"housing-{n}",
        "owner_org": "cmhc-schl",
        "organization_title": {"en": "Housing Corporation", "fr": "Société du logement"},
        "title_translated": {"en": f"Housing starts {n}", "fr": f"Mises en chantier {n}"},
        "metadata_created": "2019-06-07T10:00:00",
        "metadata_modified": "2020-01-02T03:04:05",
        "resources": [
            {"id": pk.replace("-8000-", "-9000-"), "name_translated": {"en": "Table", "fr": "Tableau"}, "format": "csv"}
        ],
    } | changes


@pytest.fixture
def run(tmp_path, capsys):
    """Import packages, or raw lines, from a file; the summary with the `status` and the rejects."""

    def run(*records, command="import_ckan", suffix="", **options):
        path = tmp_path / f"dump{suffix}.jsonl"
        lines = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
        path.write_bytes(b"\n".join(lines) + b"\n")
        return run_file(path, command=command, **options)

    def run_file(path, command="import_ckan", **options):
        status = 0
        try:
            call_command(command, str(path), summary="json", source="open.canada.ca", **options)
        except SystemExit as error:
            status = error.code
        summary = json.loads(capsys.readouterr().out.splitlines()[-1]) | {"status": status}
        rejects = []
        if summary["rejects"]:
            rejects = [json.loads(line) for line in Path(summary["rejects"]).read_text().splitlines()]
        return summary | {"rejects": rejects}

    run.file = run_file
    return run


def test_packages_become_public_records_with_version_and_place_in_the_outbox(run):
    summary = run(package(1), package(2))

    assert summary["status"] == 0
    assert (summary["created"], summary["resources"], summary["organizations"], summary["rejects"]) == (2, 2, 1, [])
    dataset = Dataset.objects.published().get(name="housing-1")
    assert (dataset.title_en, dataset.title_fr) == ("Housing starts 1", "Mises en chantier 1")
    assert (dataset.approved_at_source, dataset.version, dataset.openness) == ("open.canada.ca", 1, 3)
    assert dataset.owner_org == Organization.objects.get(name="cmhc-schl", title_fr="Société du logement")
    assert dataset.org_title_at_publication_fr == "Société du logement"
    assert dataset.resources.get().format == "CSV"
    assert dataset.versions.count() == 2
    assert set(OutboxEntry.objects.values_list("object_id", flat=True)) == {
        str(pk) for pk in Dataset.objects.values_list("pk", flat=True)
    }


def test_a_second_run_changes_nothing_and_says_so(run, tmp_path, capsys):
    run(package(1), package(2))
    before = list(Dataset.objects.order_by("pk").values()), list(Resource.objects.values()), Version.objects.count()
    OutboxEntry.objects.all().delete()

    summary = run(package(1), package(2))
    call_command("import_ckan", str(tmp_path / "dump.jsonl"))

    assert (summary["created"], summary["updated"], summary["unchanged"]) == (0, 0, 2)
    assert (list(Dataset.objects.order_by("pk").values()), list(Resource.objects.values()), Version.objects.count()) == before
    assert not OutboxEntry.objects.exists()
    assert "none of them changed; nothing was written" in capsys.readouterr().out
