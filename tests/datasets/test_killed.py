"""What a process leaves that is killed while it writes: nothing half, and nothing in the way of doing it again."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Activity
from datasets.models import Dataset, Resource, Revision, Upload, Version
from datasets.services import bulk, gates, revisions, uploads
from opengov.search.models import OutboxEntry
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory
from tests.factories.gates import begun, people_of, released, signed
from tests.killed import kill_in

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
CONTENT = b"year,height\n" + b"2024,3.2\n" * 100
WORDS = {"name_en": "Heights", "name_fr": "Hauteurs", "resource_type": "dataset", "language": ["en"], "format": "CSV"}


@pytest.fixture
def people():
    return people_of(OrganizationFactory())


def everything():
    """All that a half state could be seen in."""
    tables = {model.__name__: list(model.objects.order_by("pk").values()) for model in (Dataset, Resource, Revision, Version)}
    return tables | {"log": Activity.objects.count(), "index": OutboxEntry.objects.count()}


APPEND = """
from datasets.models import Upload
from datasets.services import uploads

{how}
uploads.append(upload=Upload.objects.get(pk=sys.argv[1]), offset={offset}, content=sys.argv[2].encode())
"""
WHILE_WRITING = """
from pathlib import Path

from django.core.files.storage import FileSystemStorage


def cut(storage, path, content):
    whole = Path(storage.path(path))
    whole.parent.mkdir(parents=True, exist_ok=True)
    whole.write_bytes(content.read()[:10])
    pause()


FileSystemStorage._save = cut
"""
BEFORE_THE_ROW = "Upload.save = pause"


@pytest.mark.parametrize("how", [WHILE_WRITING, BEFORE_THE_ROW], ids=["while the part is written", "before it counts"])
def test_an_upload_goes_on_where_it_was_killed(client, people, how):
    revision, half = begun(people), len(CONTENT) // 2
    words = {"filename": "heights.csv", "size": len(CONTENT), "fingerprint": ""}
    upload = uploads.begin(revision=revision, actor=people["editor"], now=timezone.now(), **words)
    uploads.append(upload=upload, offset=0, content=CONTENT[:half])

    kill_in(APPEND.format(how=how, offset=half), upload.pk, CONTENT[half:].decode())

    client.force_login(people["editor"])
    again = client.post(reverse("datasets:upload-begin", args=[revision.pk]), words).json()
    assert (again["upload"], again["received"]) == (str(upload.pk), half)
    client.put(again["url"], CONTENT[half:], "application/octet-stream", headers={"Upload-Offset": str(half)})
    client.post(reverse("datasets:record-file-add", args=[revision.pk]), WORDS | {"upload": again["upload"]})
    row = Resource.objects.get(filename="heights.csv")
    assert row.file.read() == CONTENT
    row.file.close()
    assert not Upload.objects.exists()


ADD_FILE = """
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from accounts.models import User
from datasets.views import workbench_resources
{how}
client = Client()
client.force_login(User.objects.get(pk=sys.argv[1]))
data = {words} | {{"file": SimpleUploadedFile("heights.csv", {content})}}
client.post(reverse("datasets:record-file-add", args=[sys.argv[2]]), data)
"""
BEFORE_THE_RESOURCE = "workbench_resources.save = pause"
BEFORE_THE_COMMIT = """
from datasets.services import records
records._write_versions = late(records._write_versions)
"""


@pytest.mark.parametrize("how", [WHILE_WRITING, BEFORE_THE_RESOURCE, BEFORE_THE_COMMIT], ids=["cut", "stored", "uncommitted"])
def test_a_file_that_was_being_added_is_no_resource_and_is_added_again(client, people, how):
    revision = begun(people)
    before = everything()

    kill_in(ADD_FILE.format(how=how, words=WORDS, content=CONTENT), people["editor"].pk, revision.pk)
    assert everything() == before

    client.force_login(people["editor"])
    data = WORDS | {"file": SimpleUploadedFile("heights.csv", CONTENT)}
    assert client.post(reverse("datasets:record-file-add", args=[revision.pk]), data).status_code == 302
    row = Resource.objects.get(filename="heights.csv")
    with default_storage.open(row.file.name) as file:
        assert file.read() == CONTENT


RELEASE = """
from django.utils import timezone
from accounts.models import User
from datasets.models import Revision
from datasets.services import gates, passage, records

{how}
gates.release(revision=Revision.objects.get(pk=sys.argv[1]), actor=User.objects.get(pk=sys.argv[2]), now=timezone.now())
"""


@pytest.mark.parametrize(
    "how",
    [
        "records._save_parts = pause",
        "records._save_parts = late(records._save_parts)",
        "records.outbox.queue = pause",
        "passage.record = pause",
        "passage.turns.tell = pause",
    ],
    ids=["row written", "resources written", "versions written", "not recorded", "not told"],
)
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "change"])
def test_a_release_is_whole_or_is_not(people, how, is_new):
    revision = begun(people, title_en="Before", resources=3)
    if not is_new:
        dataset = released(revision, people).dataset
        first, _second, third = dataset.resources.all()
        dataset.title_en, first.name_en = "After", "Renamed"
        revision = revisions.revise(dataset=dataset, actor=people["editor"], now=timezone.now())
        edit = revisions.Edit(dataset, [first, ResourceFactory.build(dataset=dataset, position=9)], [third.pk])
        revision = revisions.save(revision=revision, number=0, edit=edit, actor=people["editor"], now=timezone.now())
    revision = signed(revision, people)
    before = everything()

    kill_in(RELEASE.format(how=how), revision.pk, people["publisher"].pk)
    assert everything() == before

    revision = gates.release(revision=revision, actor=people["publisher"], now=timezone.now())
    dataset = Dataset.objects.get()
    assert (revision.state, dataset.state, dataset.resources.count()) == ("released", "published", 3)
    assert dataset.content_hash == dataset.approved_hash == revision.signed_hash
    assert dataset.title_en == ("Before" if is_new else "After")


BULK = """
from django.utils import timezone
from accounts.models import User
from datasets.models import Dataset
from datasets.services import bulk, revisions

revisions.save = at_call(3, revisions.save)
rows = Dataset.objects.order_by("name")
changes = [bulk.RecordChange(row.pk, row.name, {"frequency": row.frequency}, {"frequency": "P1Y"}) for row in rows]
bulk.apply(changes=changes, organization=None, actor=User.objects.get(pk=sys.argv[1]), now=timezone.now())
"""


def test_a_change_of_many_records_is_made_in_all_or_in_none(people):
    department = people["editor"].memberships.get().organization
    rows = [begun(people).dataset, DatasetFactory(owner_org=department, published=True), begun(people).dataset]
    before = everything()

    kill_in(BULK, people["editor"].pk)
    assert everything() == before

    changes = [bulk.RecordChange(row.pk, row.name, {"frequency": row.frequency}, {"frequency": "P1Y"}) for row in rows]
    written = bulk.apply(changes=changes, organization=None, actor=people["editor"], now=timezone.now())
    assert [revision.number for revision in written] == [1, 1, 1]


IMPORT = """
from django.test import Client
from django.urls import reverse
from accounts.models import User
from datasets.services import revisions

revisions.{function} = at_call(2, revisions.{function})
client = Client()
client.force_login(User.objects.get(pk=sys.argv[1]))
client.post(reverse("datasets:record-import-apply", args=[sys.argv[2]]), {{"token": sys.argv[3]}})
"""


@pytest.mark.parametrize("function", ["save", "open_record"])
def test_a_table_is_taken_whole_or_not_and_its_preview_stays(client, people, function):
    department = people["editor"].memberships.get().organization
    names = [begun(people).dataset.name for _ in range(2)]
    lines = ["name,title_en", *(f"{name},From a table" for name in names), ",Tides", ",Ice"]
    client.force_login(people["editor"])
    table = SimpleUploadedFile("records.csv", "\n".join(lines).encode())
    address = reverse("datasets:record-import", args=[department.name])
    token = client.post(address, {"file": table}).context["token"]
    before = everything()

    kill_in(IMPORT.format(function=function), people["editor"].pk, department.name, token)
    assert everything() == before

    client.post(reverse("datasets:record-import-apply", args=[department.name]), {"token": token})
    titles = sorted(Dataset.objects.values_list("title_en", flat=True))
    assert titles == ["From a table", "From a table", "Ice", "Tides"]
