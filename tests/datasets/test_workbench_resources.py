"""Resources in the editor's room: links that are looked at, files that are what they say, their order."""

import hashlib
import io
import random
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OrganizationRole
from datasets import content_sniffing
from datasets.content_sniffing import is_taken, is_what_it_says
from datasets.models import Dataset, Resource, Version
from datasets.selectors.working_copies import working_copy
from datasets.selectors.working_resources import WorkingResources, holdings
from datasets.services import revisions
from datasets.services.files import store, store_upload
from opengov import http
from tests.factories.accounts import MembershipFactory, OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


WORDS = {"name_en": "Heights", "name_fr": "Hauteurs", "resource_type": "dataset", "language": ["en", "fr"]}
CSV = b"year,height\n2024,3.2\n"


@pytest.fixture
def editor(client):
    person = MembershipFactory(role=OrganizationRole.EDITOR, organization=OrganizationFactory()).user
    client.force_login(person)
    return person


@pytest.fixture
def department(editor):
    return editor.memberships.get().organization


@pytest.fixture
def revision(department, editor):
    dataset = DatasetFactory.build(owner_org=department)
    return revisions.open_record(dataset=dataset, actor=editor, now=NOW, resources=ResourceFactory.build_batch(3))


@pytest.fixture
def web(monkeypatch):
    """What addresses answer: a status, or an error of the client."""
    answers = {}

    class Answer:
        def __init__(self, status):
            self.status_code, self.headers = status, {"content-length": "21"}

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

    def stream(url, **options):
        answer = answers[url]
        if isinstance(answer, Exception):
            raise answer
        return Answer(answer)

    monkeypatch.setattr(http, "stream", stream)
    return answers


def at(name, *args):
    return reverse(f"datasets:{name}", args=args)


def upload(content=CSV, name="heights.csv"):
    return SimpleUploadedFile(name, content)


def names(revision):
    return [row.name_en for row in working_copy(revision).resources]


def test_a_link_that_answers_is_added_with_its_format_and_size(client, revision, web):
    web["https://data.example.org/heights.csv"] = 200

    answer = client.post(at("record-link-add", revision.pk), WORDS | {"url": "https://data.example.org/heights.csv"})

    assert answer.status_code == 302
    row = Resource.objects.get(name_en="Heights")
    assert (row.url, row.format, row.size, row.position) == ("https://data.example.org/heights.csv", "CSV", 21, 3)


def test_a_link_that_does_not_answer_is_kept_only_if_one_says_so(client, revision, web):
    web["https://data.example.org/gone"] = 404
    data = WORDS | {"url": "https://data.example.org/gone", "format": "CSV"}

    refused = client.post(at("record-link-add", revision.pk), data)
    assert refused.status_code == 422
    assert "the error 404" in refused.content.decode()

    assert client.post(at("record-link-add", revision.pk), data | {"all_the_same": "on"}).status_code == 302


@pytest.mark.parametrize(
    "address", ["https://me:secret@data.example.org/a.csv", "https://me@data.example.org/", "ftp://a:b@c.ca/"]
)
def test_an_address_with_a_name_or_password_is_never_taken(client, revision, web, address):
    web[address] = 200

    answer = client.post(at("record-link-add", revision.pk), WORDS | {"url": address, "all_the_same": "on"})

    assert answer.status_code == 422
    assert "no user name and no password" in str(answer.context["form"].errors["url"])
    assert Resource.objects.count() == 3


def test_a_resource_whose_form_lost_its_fingerprints_is_compared(client, revision):
    row = revision.dataset.resources.first()

    page = client.post(at("record-resource-edit", revision.pk, row.pk), WORDS | {"format": "CSV", "url": row.url})

    assert page.status_code == 409
    assert "A part of the form was lost on its way" in page.content.decode()
    assert Resource.objects.get(pk=row.pk).name_en != "Heights"


@pytest.mark.parametrize("address", ["https://intranet.example.org/a.csv", "javascript:alert(1)"])
def test_an_address_that_the_public_may_not_open_is_never_taken(client, revision, web, address):
    web[address] = http.Refused("not on the public network")

    answer = client.post(at("record-link-add", revision.pk), WORDS | {"url": address, "all_the_same": "on"})

    assert answer.status_code == 422
    assert Resource.objects.count() == 3


def test_a_file_is_stored_under_its_hash_and_described(client, revision):
    answer = client.post(at("record-file-add", revision.pk), WORDS | {"file": upload()})

    assert answer.status_code == 302
    row = Resource.objects.get(name_en="Heights")
    digest = hashlib.sha256(CSV).hexdigest()
    assert (row.sha256, row.size, row.filename, row.format) == (digest, len(CSV), "heights.csv", "CSV")
    with row.file.open("rb") as file:
        assert file.read() == CSV


def test_a_name_of_a_file_that_reads_the_other_way_round_is_kept_as_it_is_spelled(client, revision):
    client.post(at("record-file-add", revision.pk), WORDS | {"file": upload(name="a\u202efdp\u200b.csv")})

    assert Resource.objects.get(name_en="Heights").filename == "afdp.csv"


def test_bytes_that_a_stopped_process_left_are_replaced():
    path = f"resources/{hashlib.sha256(CSV).hexdigest()[:2]}/{hashlib.sha256(CSV).hexdigest()}"
    default_storage.save(path, SimpleUploadedFile("x", CSV[:5]))

    stored = store_upload(upload())

    assert (stored.path, default_storage.size(path)) == (path, len(CSV))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ\x90\x00"),
        ("virus.csv", b"MZ\x90\x00"),
        ("table.csv", b"PK\x03\x04\x00\x00"),
        ("table.xlsx", b"year,height\n"),
        ("table.xlsx", b"PK\x03\x04junk"),
        ("table.xlsx", zipped("word/document.xml", "[Content_Types].xml")),
        ("table.ods", zipped("content.xml")),
        ("map.kmz", zipped("map.txt")),
        ("data.zip", b"PK\x03\x04junk"),
        ("page.csv", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("page.csv", b"\xef\xbb\xbf \r\n<html><script>alert(1)</script>"),
        ("page.tsv", "\ufeff<svg onload=alert(1)>".encode("utf-16-le")),
        ("feed.csv", b"<?xml version='1.0'?><a/>"),
        ("data.json", b"year,height\n"),
        ("data.json", b" \n<html>"),
        ("map.geojson", b"1"),
        ("map.kml", b"year,height\n"),
        ("picture.png", b"<html><script>alert(1)</script></html>"),
        ("nothing", b"year,height\n"),
        ("empty.csv", b""),
    ],
)
def test_a_file_that_is_not_what_it_says_or_of_no_kind_that_is_taken_is_refused(client, revision, name, content):
    answer = client.post(at("record-file-add", revision.pk), WORDS | {"file": upload(content, name)})

    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert Resource.objects.count() == 3


def test_a_file_that_is_too_large_is_refused(client, revision, settings):
    settings.UPLOAD_MAX_BYTES = 10

    answer = client.post(at("record-file-add", revision.pk), WORDS | {"file": upload()})

    assert "larger than 10" in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_what_data_looks_like_is_taken():
    good = {
        "a.csv": CSV,
        "b.XLSX": zipped("[Content_Types].xml", "xl/workbook.xml"),
        "b.docx": zipped("[Content_Types].xml", "word/document2.xml"),
        "b.odt": zipped("mimetype", "META-INF/manifest.xml", "content.xml"),
        "b.kmz": zipped("files/a.png", "doc.kml"),
        "b.zip": zipped(),
        "c.pdf": b"%PDF-1.7",
        "d.json": b"{}",
        "d1.json": "\ufeff \r\n[1]".encode(),
        "d.geojson": b'{"type": "Point"}',
        "d.kml": b"<?xml version='1.0'?><kml/>",
        "less.csv": b"<5 years,>= 5 years\n1,2\n",
        "e.csv": b"\xff\xfea\x00",
        "f.dbf": b"\x03",
    }
    assert all(is_taken(name) and is_what_it_says(name, io.BytesIO(head)) for name, head in good.items())


def test_of_an_archive_the_list_alone_is_read_and_no_long_one(monkeypatch):
    file = io.BytesIO(zipped(*(f"{number}.csv" for number in range(200))))
    assert is_what_it_says("a.zip", file)
    assert file.tell() == 0

    monkeypatch.setattr(content_sniffing, "MOST_BYTES", 10_000)
    assert not is_what_it_says("a.zip", file)


def test_a_file_is_replaced_with_a_note_and_the_earlier_one_stays(client, revision):
    client.post(at("record-file-add", revision.pk), WORDS | {"file": upload()})
    row = Resource.objects.get(name_en="Heights")
    address = at("record-resource-edit", revision.pk, row.pk)
    data = WORDS | {"format": "CSV", "seen": client.get(address).context["seen"]}

    silent = client.post(address, data | {"file": upload(CSV + b"2025,3.3\n")})
    assert "note" in silent.context["form"].errors
    answer = client.post(address, data | {"file": upload(CSV + b"2025,3.3\n"), "note": "The year 2025."})

    assert answer.status_code == 302
    earlier, row = row, Resource.objects.get(pk=row.pk)
    assert row.sha256 != earlier.sha256
    assert default_storage.exists(earlier.file.name)
    versions = Version.objects.filter(resource_id=row.pk).order_by("pk")
    assert [version.data["hash"] for version in versions] == [earlier.sha256, row.sha256]
    assert versions.last().note == "The year 2025."
    assert [file.note for file in client.get(address).context["earlier"]] == [""]


def test_earlier_files_are_there_for_the_department_and_once_public_for_all(client, editor, department):
    old, new = store(CSV), store(CSV + b"2025,3.3\n")
    dataset = DatasetFactory(owner_org=department, published=True, resources=1)
    row = dataset.resources.get()
    for number, (file, is_public) in enumerate(((old, True), (new, False)), start=1):
        data = {"hash": file.sha256, "filename": "heights.csv", "format": "CSV", "size": file.size}
        Version.objects.create(dataset=dataset, resource_id=row.pk, number=number, data=data, is_public=is_public, at=NOW)
    public, hidden = (at("resource-version", dataset.name, row.pk, file.sha256) for file in (old, new))

    assert b"".join(client.get(hidden).streaming_content) == CSV + b"2025,3.3\n"
    client.logout()
    answer = client.get(public)
    assert b"".join(answer.streaming_content) == CSV
    assert answer["Content-Disposition"] == 'attachment; filename="heights.csv"'
    assert client.get(hidden).status_code == 404
    assert public in client.get(at("dataset-history", dataset.name)).content.decode()
    assert hidden not in client.get(at("dataset-history", dataset.name)).content.decode()
    other = DatasetFactory(published=True, resources=1)
    assert client.get(at("resource-version", other.name, other.resources.get().pk, old.sha256)).status_code == 404
    Dataset.objects.filter(pk=dataset.pk).update(state="withdrawn", withdrawn_at=NOW)
    assert client.get(public).status_code == 410


def test_two_who_change_the_same_of_a_resource_see_both(client, revision):
    row = revision.dataset.resources.first()
    address = at("record-resource-edit", revision.pk, row.pk)
    mine = WORDS | {"format": "CSV", "url": row.url, "seen": client.get(address).context["seen"]}
    client.post(address, mine | {"name_en": "Theirs"})

    page = client.post(address, mine | {"name_en": "Mine"})

    assert page.status_code == 409
    assert [(each["mine"], each["stored"]) for each in page.context["clashes"]] == [("Mine", "Theirs")]
    assert Resource.objects.get(pk=row.pk).name_en == "Theirs"
    client.post(address, mine | {"name_en": "Mine", "seen": page.context["seen"]})
    assert Resource.objects.get(pk=row.pk).name_en == "Mine"


def test_resources_are_put_in_order_and_removed(client, revision):
    first, second, third = (row.pk for row in working_copy(revision).resources)
    before = names(revision)

    client.post(at("record-resource-move", revision.pk, second))
    assert names(revision) == [before[1], before[0], before[2]]
    client.post(at("record-resource-move", revision.pk, second), {"down": "1"})
    assert names(revision) == before
    client.post(at("record-resource-move", revision.pk, third), {"down": "1"})
    client.post(at("record-resource-move", revision.pk, first))
    assert names(revision) == before

    client.post(at("record-resource-remove", revision.pk, first))
    assert names(revision) == before[1:]
    assert client.post(at("record-resource-remove", revision.pk, first)).status_code == 404


def test_of_a_public_record_the_resources_change_when_it_is_released(client, department):
    public = DatasetFactory(owner_org=department, published=True, resources=2)
    client.post(at("record-revise", public.name))
    revision = public.revisions.get()
    first, second = public.resources.all()

    client.post(at("record-file-add", revision.pk), WORDS | {"file": upload()})
    client.post(at("record-resource-move", revision.pk, second.pk))
    client.post(at("record-resource-remove", revision.pk, first.pk))

    assert [row.pk for row in Dataset.objects.get().resources.all()] == [first.pk, second.pk]
    assert names(revision) == [second.name_en, "Heights"]
    page = client.get(at("record-resources", revision.pk))
    assert [row.pk for row in page.context["removed"]] == [first.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_resources_asks_the_same_queries(client, department, editor, count, django_assert_num_queries):
    dataset = DatasetFactory.build(owner_org=department)
    rows = ResourceFactory.build_batch(count)
    revision = revisions.open_record(dataset=dataset, actor=editor, now=NOW, resources=rows)
    client.get(at("record-resources", revision.pk))

    with django_assert_num_queries(15):
        client.get(at("record-resources", revision.pk))


@pytest.mark.parametrize("state", ["public", "draft"])
def test_an_edit_of_one_resource_is_one_row_and_as_many_queries_whatever_their_number(client, department, editor, state):
    queries = {}
    for count in (2, 120):
        public = DatasetFactory(owner_org=department, resources=count, published=state == "public")
        revision, row = revisions.revise(dataset=public, actor=editor, now=NOW), public.resources.first()
        address = at("record-resource-edit", revision.pk, row.pk)
        data = WORDS | {"format": "CSV", "url": row.url, "seen": client.get(address).context["seen"]}
        with CaptureQueriesContext(connection) as captured:
            client.post(address, data)
        versions = Version.objects.filter(dataset=public, resource_id__isnull=False)
        written = revision.items.all() if state == "public" else versions
        assert list(written.values_list("resource_id", flat=True)) == [row.pk]
        queries[count] = len(captured)
        assert not any(_reads_rows(each["sql"]) for each in captured)

    assert queries[2] == queries[120]


def _reads_rows(sql):
    """Whether a query reads whole resources, and not one or a few by their identifier."""
    return '"description_en"' in sql and 'FROM "datasets_resource"' in sql and '"datasets_resource"."id" =' not in sql


def test_the_page_of_resources_reads_those_that_it_shows(client, department, editor):
    public = DatasetFactory(owner_org=department, published=True, resources=120)
    revision = revisions.revise(dataset=public, actor=editor, now=NOW)
    client.post(at("record-resource-remove", revision.pk, public.resources.first().pk))
    client.post(at("record-file-add", revision.pk), WORDS | {"file": upload()})
    in_order = [row.pk for row in working_copy(revision).resources]
    read = []
    record = Resource.from_db.__func__

    def from_db(cls, *arguments):
        row = record(cls, *arguments)
        read.append(row.pk)
        return row

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Resource, "from_db", classmethod(from_db))
        pages = [client.get(at("record-resources", revision.pk), {"page": number}).context["page"] for number in (1, 2, 3)]

    assert [row.pk for page in pages for row in page] == in_order
    assert len(read) <= 120 + 3 * 3  # each page: its rows, those touched, and a row for each of those more


@pytest.mark.parametrize("seed", range(8))
def test_slices_are_those_of_the_whole_wherever_the_touched_ones_stand(department, editor, seed):
    chance = random.Random(seed)
    public = DatasetFactory(owner_org=department, published=True, resources=12)
    revision = revisions.revise(dataset=public, actor=editor, now=NOW)
    rows = list(public.resources.all())
    moved = chance.sample(rows, 4)
    for row in moved:
        row.position = chance.randrange(14)
    new = ResourceFactory.build(dataset=public, position=chance.randrange(14))
    edit = revisions.Edit(resources=[*moved[:3], new], removed=[moved[3].pk])
    revision = revisions.save(revision=revision, number=revision.number, edit=edit, actor=editor, now=NOW)

    whole = [row.position for row in working_copy(revision).resources]
    found = WorkingResources(revision)

    assert len(found) == 12
    assert [row.position for start in range(0, 12, 5) for row in found[start : start + 5]] == whole
    assert [found.before(row) for row in found[:]] == list(range(12))
    assert holdings(revision).last_position == max(whole)


def test_a_resource_goes_to_the_place_that_is_said(client, revision, department, editor):
    public = DatasetFactory(owner_org=department, published=True, resources=120)
    revision = revisions.revise(dataset=public, actor=editor, now=NOW)
    rows = [row.pk for row in public.resources.all()]

    def moved(row, place):
        answer = client.post(at("record-resource-move", revision.pk, row), {"place": place}, follow=True)
        order = [each.pk for each in working_copy(revision).resources]
        rows.remove(row)
        rows.insert(int(place) - 1, row)
        assert order == rows
        return answer.context["page"].number

    assert moved(rows[110], "1") == 1
    assert moved(rows[3], "60") == 2
    before = revision.items.count()
    assert moved(rows[50], "120") == 3
    assert revision.items.count() <= before + 1, "at the end there is room"
    for _again in range(20):
        moved(rows[random.Random(_again).randrange(120)], str(random.Random(-_again).randrange(120) + 1))


@pytest.mark.parametrize("place", ["0", "4", "-1", "x", ""])
def test_a_place_that_is_none_is_refused(client, revision, place):
    before, row = names(revision), working_copy(revision).resources[1]

    page = client.post(at("record-resource-move", revision.pk, row.pk), {"place": place}, follow=True)

    assert "the places go from 1 to 3" in page.content.decode()
    assert names(revision) == before


def test_a_move_writes_as_few_rows_as_it_can_and_mends_positions_that_are_the_same(client, department, editor):
    public = DatasetFactory(owner_org=department, published=True, resources=5)
    for position, row in enumerate(public.resources.all()):
        Resource.objects.filter(pk=row.pk).update(position=10 * position)
    revision = revisions.revise(dataset=public, actor=editor, now=NOW)
    rows = [row.pk for row in public.resources.all()]

    client.post(at("record-resource-move", revision.pk, rows[3]))
    assert revision.items.count() == 1
    assert [row.pk for row in working_copy(revision).resources] == [*rows[:2], rows[3], rows[2], rows[4]]

    revision.items.all().delete()
    Resource.objects.filter(dataset=public).update(position=7)
    rows = [row.pk for row in public.resources.all()]
    client.post(at("record-resource-move", revision.pk, rows[0]), {"down": "1"})
    assert [row.pk for row in working_copy(revision).resources] == [rows[1], rows[0], *rows[2:]]


def test_a_resource_that_is_new_in_a_change_of_a_public_record_is_edited(client, department, editor):
    public = DatasetFactory(owner_org=department, published=True, resources=1)
    revision = revisions.revise(dataset=public, actor=editor, now=NOW)
    client.post(at("record-file-add", revision.pk), WORDS | {"file": upload()})
    address = at("record-resource-edit", revision.pk, working_copy(revision).resources[1].pk)

    seen = client.get(address).context["seen"]
    client.post(address, WORDS | {"format": "CSV", "seen": seen, "name_en": "Depths"})

    assert names(revision)[1] == "Depths"
