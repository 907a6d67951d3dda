"""The two lists of the real portal's organizations, and what a list can get wrong."""

import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organization
from opengov.search.models import OutboxEntry
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory
from tests.held_locks import held_elsewhere

pytestmark = pytest.mark.django_db

HEALTH = {
    "id": "5ac17e60-0cd2-4b0e-b4b6-0a3f8e2d0c11",
    "name": "HC-SC",
    "title": "Health Canada | Santé Canada",
    "title_translated": {"en": "Health Canada", "fr": "Santé Canada"},
    "shortform": {"en": "HC", "fr": "SC"},
    "department_number": "022",
    "faa_schedule": "1",
    "registry_access": "internal",
    "ati_email": "atip@hc-sc.example",
    "reporting_requirements": ["contracts"],
    "image_url": "https://hc-sc.example/logo.png",
    "num_followers": 0,
}


@pytest.fixture
def run(tmp_path, capsys):
    """Import organizations, one a line; returns the summary with the exit status and what was said of refusals."""

    def run(*organizations, name="orgs.jsonl", **options):
        path = tmp_path / name
        lines = (each if isinstance(each, str) else json.dumps(each) for each in organizations)
        path.write_text("".join(f"{line}\n" for line in lines))
        return run_file(path, **options)

    def run_file(path, **options):
        status = 0
        try:
            call_command("import_organizations", str(path), summary="json", **options)
        except SystemExit as stop:
            status = stop.code
        said = capsys.readouterr()
        return json.loads(said.out.splitlines()[-1]) | {"status": status, "refusals": said.err.splitlines()}

    run.file = run_file
    return run


def test_an_organization_gets_what_its_source_says(run):
    summary = run(HEALTH)

    organization = Organization.objects.get()
    assert (summary["status"], summary["created"]) == (0, 1)
    assert (str(organization.pk), organization.name, organization.title_fr) == (HEALTH["id"], "hc-sc", "Santé Canada")
    assert (organization.shortform_en, organization.shortform_fr, organization.faa_schedule) == ("HC", "SC", "1")
    assert (organization.department_number, organization.ati_email) == ("022", "atip@hc-sc.example")
    assert organization.reporting_requirements == ["contracts"]
    assert organization.extras == {"image_url": "https://hc-sc.example/logo.png"}


def test_a_second_run_changes_nothing_and_a_change_reaches_the_index(run):
    run(HEALTH)
    dataset = DatasetFactory(owner_org=Organization.objects.get(), published=True)
    OutboxEntry.objects.all().delete()

    assert run(HEALTH)["unchanged"] == 1
    assert not OutboxEntry.objects.exists()

    Organization.objects.update(title_fr="Santé")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("datasets.management.commands.import_organizations.enqueue", lambda *args, **options: None)
        assert run(HEALTH)["updated"] == 1
    assert OutboxEntry.objects.get().object_id == str(dataset.pk)


def test_what_a_source_is_silent_about_stays(run):
    run(HEALTH)
    Organization.objects.update(is_active=False)

    run({key: HEALTH[key] for key in ("id", "name", "title")})

    organization = Organization.objects.get()
    assert (organization.shortform_fr, organization.ati_email, organization.is_active) == ("SC", "atip@hc-sc.example", False)
    assert organization.extras == {"image_url": "https://hc-sc.example/logo.png"}
    assert run(HEALTH | {"state": "active"})["updated"] == 1
    assert Organization.objects.get().is_active


def test_one_that_was_made_for_a_record_becomes_the_one_of_the_list(run, tmp_path):
    record = {"id": "c1b2b3b4-0000-4000-8000-000000000001", "organization": {"title": "Health Canada | Santé Canada"}}
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(record))
    call_command("import_ckan", str(path), no_index=True)
    made = Organization.objects.get()

    assert run(HEALTH)["updated"] == 1
    organization = Organization.objects.get()
    assert (organization.pk, organization.name, organization.shortform_fr) == (made.pk, "hc-sc", "SC")
    assert run(HEALTH)["unchanged"] == 1


def test_a_namesake_that_was_not_made_for_a_record_is_another(run):
    OrganizationFactory(name="other", title_en="Health Canada", title_fr="Santé Canada")

    assert run(HEALTH)["created"] == 1
    assert set(Organization.objects.values_list("name", flat=True)) == {"other", "hc-sc"}


def test_a_slug_that_another_has_is_not_taken_from_it(run):
    run(HEALTH)
    OrganizationFactory(name="sante")

    assert run(HEALTH | {"name": "sante", "department_number": "023"})["updated"] == 1
    organization = Organization.objects.get(pk=HEALTH["id"])
    assert (organization.name, organization.department_number) == ("hc-sc", "023")


def test_what_cannot_be_read_is_refused_by_line_and_values_that_do_not_fit_are_noted(run):
    odd = HEALTH | {"faa_schedule": "9", "department_number": "1" * 50, "reporting_requirements": ["contracts", "gossip"]}
    summary = run("{broken", odd, {"name": "no-title"}, {"title": "No slug"}, "[]")

    assert (summary["status"], summary["created"], summary["rejected"], summary["remarks"]) == (1, 1, 4, 3)
    places = [line.partition("orgs.jsonl, ")[2].partition(": ")[0] for line in summary["refusals"]]
    assert sorted(places) == [
        "line 1", "line 2, department_number", "line 2, faa_schedule", "line 2, reporting_requirements",
        "line 3", "line 4", "line 5",
    ]  # fmt: skip
    organization = Organization.objects.get()
    assert (organization.faa_schedule, len(organization.department_number)) == ("", 40)
    assert organization.reporting_requirements == ["contracts"]


def test_null_characters_are_taken_out_in_either_form(run):
    organization = HEALTH | {"title_translated": {"en": "Health\x00 Canada", "fr": ""}}

    assert run(json.dumps({"success": True, "result": [organization]}))["created"] == 1
    assert Organization.objects.get().title_en == "Health Canada"
    assert run(organization)["unchanged"] == 1


def test_a_gzipped_answer_loads_and_one_that_is_cut_off_is_refused_whole(run, tmp_path):
    packed = gzip.compress(json.dumps({"success": True, "result": [HEALTH]}, indent=1).encode())
    path = tmp_path / "list.json.gz"

    path.write_bytes(packed[:-20])
    with pytest.raises(CommandError, match="damaged or cut off") as stop:
        run.file(path)
    assert stop.value.returncode == 2
    path.write_bytes(packed)
    assert run.file(path)["created"] == 1


def test_a_dry_run_does_nothing_but_says_what_it_would_do(run):
    assert run(HEALTH, dry_run=True)["created"] == 1
    assert not Organization.objects.exists()


def test_a_file_that_is_not_there_and_another_import_stop_it():
    with pytest.raises(CommandError, match="No such file") as stop:
        call_command("import_organizations", "/no/such/list.json")
    assert stop.value.returncode == 2


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_no_other_import(run):
    with held_elsewhere("import"), pytest.raises(CommandError, match="Another import is running"):
        run(HEALTH)


@pytest.mark.sample_data
def test_the_two_lists_load_and_the_records_find_their_publishers_there(run, sample_data):
    lists = [sample_data / "catalogue" / name for name in ("transitional_orgs.jsonl", "organization_list_2026-08-15.json")]

    first, second = (run.file(path) for path in lists)

    assert (first["status"], first["created"], first["rejected"]) == (0, 355, 0)
    assert (second["status"], second["created"], second["updated"] + second["unchanged"]) == (0, 6, 347)
    assert Organization.objects.count() == 361
    assert not Organization.objects.filter(title_fr="").exists()
    assert run.file(lists[1])["unchanged"] == 353
