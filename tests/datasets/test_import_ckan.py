"""The command on what real portals give out, and on what breaks."""

import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from accounts.models import Organization
from datasets.ckan.records import dump
from datasets.importing import run as importing
from datasets.models import Dataset, Relationship, Resource, Version
from datasets.selectors.packages import packages
from opengov.search.models import OutboxEntry
from tests.factories.accounts import OrganizationFactory
from tests.held_locks import held_elsewhere

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
        told = capsys.readouterr()
        summary = json.loads(told.out.splitlines()[-1]) | {"status": status, "told": told.err}
        rejects = []
        if summary["rejects"]:
            rejects = [json.loads(line) for line in Path(summary["rejects"]).read_text().splitlines()]
        return summary | {"rejects": rejects}

    run.file, run.save_batch = run_file, importing.save_batch
    return run


def exported():
    """The public catalogue as it is given out, by name."""
    return sorted((json.loads(dump(each)) for each in packages(Dataset.objects.published())), key=lambda each: each["name"])


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


def test_what_changed_at_the_source_changes_here_with_a_version_of_that_alone(run):
    run(package(1), package(2))

    summary = run(package(1), package(2, title_translated={"en": "Renamed", "fr": "Renommé"}, metadata_modified="2021-01-01"))

    assert (summary["updated"], summary["unchanged"]) == (1, 1)
    changed = Dataset.objects.get(name="housing-2")
    assert (changed.title_fr, changed.version, changed.metadata_modified.year) == ("Renommé", 2, 2021)
    assert changed.versions.filter(number=2).get().resource_id is None
    assert Dataset.objects.get(name="housing-1").version == 1


def test_a_resource_that_is_gone_at_the_source_goes_here(run):
    run(package(1))
    run(package(1, resources=[]))

    dataset = Dataset.objects.get()
    assert (dataset.resources.count(), dataset.openness) == (0, 1)
    assert dataset.versions.get(number=2).data is None


def test_a_record_that_was_withdrawn_here_stays_withdrawn(run):
    run(package(1))
    dataset = Dataset.objects.get()
    Dataset.objects.update(state="withdrawn", withdrawn_at=dataset.metadata_created, withdrawal_reason_en="Wrong")

    summary = run(package(1, title_translated={"en": "New", "fr": "Neuf"}))

    dataset = Dataset.objects.get()
    assert (dataset.state, dataset.title_en, dataset.withdrawal_reason_en) == ("withdrawn", "New", "Wrong")
    assert summary["rejects"][0]["reason"] == "withdrawn here, and stays so"


@pytest.mark.parametrize("changes", [{"private": True}, {"ready_to_publish": "false"}])
def test_what_the_source_holds_back_is_not_public_here(run, changes):
    run(package(1, **changes))

    assert Dataset.objects.get().state == "draft"
    assert not Dataset.objects.published().exists()

    run(package(1))
    assert Dataset.objects.published().exists()


def test_a_dry_run_says_what_it_would_do_and_does_nothing(run):
    summary = run(package(1), package(2), dry_run=True, batch_size=1)

    assert (summary["created"], summary["organizations"], summary["dry_run"]) == (2, 1, True)
    assert not Dataset.objects.exists()
    assert not Organization.objects.exists()
    assert run(package(1))["created"] == 1


def test_machine_translation_is_marked_and_comes_back(run):
    title = {"fr": "Mises en chantier", "en-t-fr": "Housing starts"}
    run(package(1, title_translated=title, keywords={"en": ["a"], "fr-t-en": ["b"]}))

    dataset = Dataset.objects.get()
    assert (dataset.title_en, dataset.machine_translated) == ("Housing starts", {"title": "fr", "keywords": "en"})
    assert exported()[0]["title_translated"] == title


def test_publishers_are_matched_by_id_slug_or_title_and_made_else(run):
    known = OrganizationFactory(name="nrcan-rncan", title_en="Natural Resources Canada", title_fr="Ressources naturelles Canada")
    bare = {"owner_org": None, "organization_title": None}
    summary = run(
        package(1, **bare, responsible_organization={"en": "NATURAL RESOURCES CANADA", "fr": ""}),
        package(2, **bare, responsible_organization={"en": "", "fr": "Ressources naturelles Canada"}),
        package(3, owner_org=str(known.pk).upper()),
        package(4, owner_org="nrcan-rncan"),
        package(5, owner_org="11111111-2222-3333-4444-555555555555", organization={"name": "new-org", "title": "New | Neuf"}),
        package(6, owner_org="99999999-2222-3333-4444-555555555555", organization_title=None),
    )

    owners = dict(Dataset.objects.values_list("name", "owner_org__name"))
    assert owners == {f"housing-{n}": "nrcan-rncan" for n in (1, 2, 3, 4)} | {"housing-5": "new-org", "housing-6": None}
    assert Organization.objects.get(name="new-org").title_fr == "Neuf"
    assert [(each["field"], each["reason"]) for each in summary["rejects"]] == [("owner_org", "unknown organization")]


def test_relationships_find_the_record_they_mean_also_when_it_comes_later(run):
    later = package(2)["id"]
    url = {"en": f"https://open.canada.ca/data/en/dataset/{later}", "fr": f"https://ouvert.canada.ca/data/fr/dataset/{later}"}
    run(
        package(1, relationship=[{"related_relationship": "supersedes", "related_type": "dataset", "related_url": url}]),
        package(2),
    )

    assert dict(Relationship.objects.values_list("dataset__name", "target__name")) == {"housing-1": "housing-2"}
    assert exported()[0]["relationship"][0]["related_url"] == url
    assert run(package(1, relationship=[{"related_relationship": "supersedes", "related_type": "dataset", "related_url": url}]))[
        "unchanged"
    ]


def related(n, kind, to, **changes):
    address = f"https://open.canada.ca/data/en/dataset/{package(to)['id']}"
    return package(n, relationship=[{"related_relationship": kind, "related_url": {"en": address, "fr": ""}}], **changes)


@pytest.mark.parametrize(("there", "back"), [("supersedes", "supersedes"), ("absorbed_by", "absorbed_by")])
def test_of_two_relationships_that_go_in_a_circle_the_second_stays_an_address(run, there, back):
    for _ in range(2):
        told = run(related(1, there, 2), related(2, back, 1))["told"]

        assert dict(Relationship.objects.values_list("dataset__name", "target__name")) == {
            "housing-1": "housing-2",
            "housing-2": None,
        }
        assert f"{package(2)['id']} {back} https://open.canada.ca/data/en/dataset/{package(1)['id']}: the reverse" in told


def test_two_relationships_that_contradict_each_other_do_not_both_find_their_record(run):
    first, second = related(1, "continues", 2), related(1, "continued_by", 2)
    run(first | {"relationship": first["relationship"] + second["relationship"]}, package(2))

    assert dict(Relationship.objects.values_list("kind", "target__name")) == {"continues": "housing-2", "continued_by": None}


@pytest.mark.parametrize(("there", "back"), [("supersedes", "superseded_by"), ("changed_back_to", "changed_back_to")])
def test_a_relationship_told_from_both_sides_is_no_circle(run, there, back):
    assert run(related(1, there, 2), related(2, back, 1))["told"] == ""

    assert not Relationship.objects.filter(target=None).exists()


def test_a_relationship_of_a_record_to_itself_is_refused(run):
    summary = run(related(1, "continues", 1))

    assert (summary["status"], summary["created"], summary["rejects"][0]["reason"]) == (1, 1, "of the record to itself")
    assert not Relationship.objects.exists()


# ── Bad input ────────────────────────────────────────────────────────────────────────────────────


def test_broken_lines_are_refused_by_number_and_the_rest_goes_on(run):
    summary = run(
        b"{not json",
        package(1),
        b"[]",
        {"title": "no id"},
        package(1),
        package(2, id="not-a-uuid"),
        package(3, state="deleted"),
        b'{"id": "\xff"}',
        package(4),
    )

    assert (summary["status"], summary["read"], summary["created"], summary["rejected"]) == (1, 9, 2, 7)
    assert [(each["line"], each["reason"].partition(":")[0]) for each in summary["rejects"]] == [
        (1, "not JSON"),
        (3, "not an object"),
        (4, "no id"),
        (5, "the same id as in line 2"),
        (6, "the id is not a UUID"),
        (7, "deleted at the source"),
        (8, "not JSON"),
    ]


def test_values_that_do_not_fit_are_noted_kept_and_given_back_and_the_record_is_taken(run):
    odd = {
        "subject": ["health_and_safety", "nonsense"],
        "frequency": "hourly",
        "date_published": "the day after tomorrow",
        "spatial": '{"type": "Polygon", "coordinates": [[[999, 0], [1, 1]]]}',
        "maintainer_email": {"not": "text"},
        "my_own_key": {"kept": [1, 2.5, None]},
    }
    resource = package(1)["resources"][0] | {"format": "PUNCHCARD", "size": "large", "language": ["eng; CAN", "klingon"]}
    summary = run(package(1, **odd, resources=[resource]))

    dataset = Dataset.objects.get()
    assert (summary["status"], summary["created"], summary["rejected"]) == (1, 1, 0)
    assert (dataset.subject, dataset.frequency, dataset.date_published, dataset.spatial) == (
        ["health_and_safety"],
        "",
        None,
        None,
    )
    assert dataset.resources.get().language == ["en"]
    assert sorted(each["field"] for each in summary["rejects"]) == sorted([*list(odd)[:5], "format", "size", "language"])
    back = exported()[0]
    assert {key: back[key] for key in odd} == odd | {"spatial": json.loads(odd["spatial"])}
    assert (back["resources"][0]["format"], back["resources"][0]["language"]) == ("PUNCHCARD", ["en", "klingon"])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JaVa\tScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "https://me:secret@example.org/",
    ],
)
def test_an_unsafe_address_is_refused_and_the_resource_keeps_none(run, url):
    resource = package(1)["resources"][0] | {"url": url, "filename": "../../etc/passwd"}
    link = [{"related_relationship": "supersedes", "related_type": "dataset", "related_url": {"en": url}}]
    summary = run(package(1, resources=[resource], program_page_url={"en": url}, relationship=link))

    dataset = Dataset.objects.get()
    assert (dataset.resources.get().url, dataset.program_page_url_en, dataset.relationships.count()) == ("", "", 0)
    assert (dataset.resources.get().filename, dataset.resources.get().file.name) == ("", "")
    assert {each["field"] for each in summary["rejects"]} == {"url", "program_page_url.en", "relationship"}
    assert "secret" not in json.dumps(summary)
    assert exported()[0]["resources"][0]["url"] == ""


def test_control_characters_and_blanks_leave_an_address(run):
    run(package(1, resources=[package(1)["resources"][0] | {"url": " HTTPS://example.org/a\tb\x7f.csv\n"}]))

    assert Resource.objects.get().url == "https://example.org/ab.csv"


def test_markup_emoji_and_combining_accents_are_text(run):
    text = "<script>alert(1)</script> 🍁 e\u0301te\u0301 « oui »"
    assert run(package(1, notes_translated={"en": text, "fr": text}))["status"] == 0

    assert Dataset.objects.get().notes_fr == text
    assert exported()[0]["notes_translated"]["en"] == text


def test_null_characters_are_taken_out_and_noted(run):
    line = json.dumps(package(1, title_translated={"en": "a\x00b", "fr": "c"})).encode()
    summary = run(line, json.dumps(package(2)).encode().replace(b"Housing starts", b"Housing\x00 starts"))

    assert sorted(Dataset.objects.values_list("title_en", flat=True)) == ["Housing starts 2", "ab"]
    assert [each["reason"] for each in summary["rejects"]] == ["null characters were taken out"] * 2


def test_a_line_of_ten_megabytes_is_refused_by_number_and_the_rest_goes_on(run):
    long, large = (package(n, notes_translated={"en": "x" * size, "fr": ""}) for n, size in ((1, 10_000_000), (2, 1_000_000)))
    summary = run(long, large, package(3))

    assert (summary["status"], summary["created"]) == (1, 2)
    assert [(each["line"], each["reason"]) for each in summary["rejects"]] == [(1, "longer than 8,388,608 bytes")]
    assert len(Dataset.objects.get(name="housing-2").notes_en) == 1_000_000


def test_large_records_are_written_before_many_of_them_fill_the_memory(run, monkeypatch):
    written = []
    monkeypatch.setattr(importing, "BATCH_BYTES", 300_000)
    monkeypatch.setattr(importing, "save_batch", lambda some, **rest: written.append(len(some)) or run.save_batch(some, **rest))
    run(*(package(n, notes_translated={"en": "x" * 100_000, "fr": ""}) for n in range(1, 8)))

    assert written == [3, 3, 1]


def test_text_too_long_for_its_column_is_cut_there_and_whole_in_the_export(run):
    title = "Mises en chantier " * 100
    summary = run(package(1, title_translated={"en": "Starts", "fr": title}))

    assert len(Dataset.objects.get().title_fr) == 1000
    assert summary["rejects"][0]["reason"] == "longer than 1000 characters"
    assert exported()[0]["title_translated"]["fr"] == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2017-05-01 00:00:00", "2017-05-01"), ("2017-05-01T13:45:00", "2017-05-01"),
        ("2017", "2017-01-01"), ("2017-3", "2017-03-01"), ("9999-09-09", None), ("2017-02-30", None),
        ("0000-00-00", None), ("hier", None),
    ],
)  # fmt: skip
def test_dates_in_every_way_they_are_written(run, text, date):
    assert run(package(1, time_period_coverage_end=text))["created"] == 1

    found = Dataset.objects.get().time_period_coverage_end
    assert (str(found) if found else None) == date


def test_a_missing_language_is_no_reason_to_refuse(run):
    assert run(package(1, title_translated={"fr": "Seulement en français"}))["status"] == 0

    dataset = Dataset.objects.get()
    assert (dataset.title_en, dataset.title_fr) == ("", "Seulement en français")


def test_a_resource_id_of_another_dataset_and_a_name_that_is_taken_get_others(run):
    first, second = package(1), package(2, name="housing-1")
    second["resources"] = first["resources"] + first["resources"]
    again = first, second
    summary = run(*again)

    assert Dataset.objects.get(pk=second["id"]).name == second["id"]
    assert Resource.objects.count() == 3
    assert {each["reason"] for each in summary["rejects"]} == {
        "another record has this name", "a resource of another record has this id",
    }  # fmt: skip
    assert run(*again)["unchanged"] == 2


def test_a_record_that_the_database_refuses_is_left_out_alone(run):
    summary = run(package(1), package(2, resources=[package(2)["resources"][0] | {"size": 2**63 - 1, "position": 3}]), package(3))
    assert summary["created"] == 3

    huge = package(4, spatial={"type": "Point", "coordinates": [1, 1]}, short_key="k" * 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("datasets.services.batches.computed.box_columns", lambda spatial: dict.fromkeys(
            ("west", "south", "east", "north"), 999.0 if spatial else None))  # fmt: skip
        summary = run(package(5), huge, package(6))
    assert (summary["created"], summary["rejected"], summary["rejects"][0]["line"]) == (2, 1, 2)
    assert "box_on_earth" in summary["rejects"][0]["reason"]


def test_a_truncated_gzip_keeps_the_lines_that_are_whole_and_fails(run, tmp_path):
    lines = b"".join(json.dumps(package(n)).encode() + b"\n" for n in range(1, 400))
    path = tmp_path / "dump.jsonl.gz"
    packed = gzip.compress(lines)
    path.write_bytes(packed[: len(packed) // 2])

    summary = run.file(path)

    assert summary["status"] == 2
    assert "damaged or cut off after line" in summary["error"]
    assert 0 < summary["created"] == Dataset.objects.count() < 399


def test_what_cannot_be_opened_is_said_in_one_line(capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("import_ckan", "/no/such/file.jsonl")

    assert stop.value.code == 2
    assert "No such file" in capsys.readouterr().err


class Portal(BaseHTTPRequestHandler):
    """Another portal, which gives out its dump by packages 1 and 2."""

    def do_GET(self):
        body = gzip.compress(b"".join(json.dumps(package(number)).encode() + b"\n" for number in (1, 2)))
        self.send_response(200 if self.path == "/dump.jsonl.gz" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def portal(settings):
    settings.OUTBOUND_PRIVATE_HOSTS = ["127.0.0.1"]
    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_dump_is_fetched_from_an_address_and_not_kept(run, portal, settings):
    summary = run.file(f"{portal}/dump.jsonl.gz")

    assert (summary["status"], summary["created"]) == (0, 2)
    assert list((settings.VAR_DIR / "imports").iterdir()) == []
    assert run.file(f"{portal}/dump.jsonl.gz")["unchanged"] == 2


def test_an_address_that_cannot_be_fetched_is_said_in_one_line(portal, settings, capsys):
    for host, reason in ((["127.0.0.1"], "answered 404"), ([], "not on the public network")):
        settings.OUTBOUND_PRIVATE_HOSTS = host
        with pytest.raises(SystemExit) as stop:
            call_command("import_ckan", f"{portal}/nothing.jsonl")
        assert stop.value.code == 2
        assert reason in capsys.readouterr().err
    assert list((settings.VAR_DIR / "imports").iterdir()) == []


# ── Cut off and gone on with ─────────────────────────────────────────────────────────────────────


def test_an_import_that_was_cut_off_goes_on_and_counts_the_whole(run, monkeypatch):
    lines = [package(n) for n in range(1, 8)] + [b"{broken"] + [package(n) for n in range(8, 11)]
    whole, calls = run.save_batch, []

    def cut_off(records, **options):
        calls.append(len(records))
        if len(calls) == 3:
            raise OperationalError("the server closed the connection")
        return whole(records, **options)

    monkeypatch.setattr("datasets.importing.run.save_batch", cut_off)
    first = run(*lines, batch_size=3)
    monkeypatch.setattr("datasets.importing.run.save_batch", whole)
    second = run(*lines, batch_size=3)

    assert (first["status"], first["created"], first["error"]) == (2, 6, "the server closed the connection")
    assert (second["status"], second["read"], second["created"], second["unchanged"]) == (1, 11, 10, 0)
    assert [each["line"] for each in second["rejects"]] == [8]
    assert Dataset.objects.count() == 10


def test_a_run_over_another_content_begins_anew(run, monkeypatch):
    monkeypatch.setattr(
        "datasets.importing.run.save_batch", lambda *args, **options: (_ for _ in ()).throw(OperationalError("gone"))
    )
    run(package(1))
    monkeypatch.undo()

    assert run(package(2))["created"] == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_do_not_run_at_once(run):
    with held_elsewhere("import"), pytest.raises(CommandError, match="Another import is running"):
        run(package(1))
