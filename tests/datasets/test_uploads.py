"""Large files in parts: they go on where they stopped, are what their checksums say, and leave nothing behind."""

import datetime as dt
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OrganizationRole
from datasets.models import Resource, Upload
from datasets.services import revisions, uploads
from tests.factories.accounts import MembershipFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
CSV = b"year,height\n2024,3.2\n"
WORDS = {"name_en": "Heights", "name_fr": "Hauteurs", "resource_type": "dataset", "language": ["en", "fr"]}


@pytest.fixture
def editor(client):
    person = MembershipFactory(role=OrganizationRole.EDITOR).user
    client.force_login(person)
    return person


@pytest.fixture
def revision(editor):
    dataset = DatasetFactory.build(owner_org=editor.memberships.get().organization)
    return revisions.open_record(dataset=dataset, actor=editor, now=NOW)


def begin(client, revision, **changes):
    data = {"filename": "heights.csv", "size": len(CSV), "fingerprint": "1"} | changes
    return client.post(reverse("datasets:upload-begin", args=[revision.pk]), data)


def put(client, begun, offset, content, **headers):
    headers = {"Upload-Offset": str(offset)} | headers
    return client.put(begun["url"], content, content_type="application/octet-stream", headers=headers)


def parts():
    folders, _files = default_storage.listdir("uploads") if default_storage.exists("uploads") else ([], [])
    return [name for folder in folders for name in default_storage.listdir(f"uploads/{folder}")[1]]


def test_a_file_comes_in_parts_and_is_the_same(client, revision):
    begun = begin(client, revision).json()
    digest = uploads.content_digest(CSV[:7])

    assert put(client, begun, 0, CSV[:7], **{"Content-Digest": digest}).json() == {"received": 7}
    assert begin(client, revision).json() == begun | {"received": 7}, "the same file goes on where it stopped"
    assert client.get(begun["url"]).json() == {"received": 7}
    assert put(client, begun, 7, CSV[7:]).json() == {"received": len(CSV)}
    answer = client.post(reverse("datasets:record-file-add", args=[revision.pk]), WORDS | {"upload": begun["upload"]})

    assert answer.status_code == 302
    row = Resource.objects.get()
    assert (row.sha256, row.size, row.filename, row.format) == (hashlib.sha256(CSV).hexdigest(), len(CSV), "heights.csv", "CSV")
    with row.file.open("rb") as file:
        assert file.read() == CSV
    assert not Upload.objects.exists()
    assert parts() == []


def test_a_part_out_of_its_place_is_refused_with_the_place(client, revision):
    begun = begin(client, revision).json()
    put(client, begun, 0, CSV[:7])

    for offset, content in ((0, CSV[:7]), (9, CSV[9:]), (7, CSV), ("x", CSV[7:])):
        answer = put(client, begun, offset, content)
        assert (answer.status_code, answer.json()["received"]) == (409, 7)


def test_a_damaged_part_is_refused(client, revision):
    begun = begin(client, revision).json()

    answer = put(client, begun, 0, CSV, **{"Content-Digest": uploads.content_digest(b"another")})

    assert (answer.status_code, answer.json()["received"]) == (422, 0)
    assert parts() == []


def test_what_a_stopped_process_left_is_written_over(client, revision, editor):
    begun = begin(client, revision).json()
    default_storage.save(f"uploads/{begun['upload']}/{0:020d}", ContentFile(b"half"))

    put(client, begun, 0, CSV)

    with uploads.assembled(Upload.objects.get()) as file:
        assert file.read() == CSV


def test_a_file_that_is_not_whole_or_not_what_it_says_is_no_resource(client, revision):
    address = reverse("datasets:record-file-add", args=[revision.pk])
    begun = begin(client, revision).json()
    put(client, begun, 0, CSV[:7])
    assert client.post(address, WORDS | {"upload": begun["upload"]}).status_code == 422

    program = begin(client, revision, size=4).json()
    put(client, program, 0, b"MZ\x90\x00")
    assert client.post(address, WORDS | {"upload": program["upload"]}).status_code == 422
    assert not Resource.objects.exists()


def test_the_name_of_a_file_in_parts_holds_nothing_unseen(client, revision):
    begin(client, revision, filename="a\u202efdp\u200b.csv")

    assert Upload.objects.get().filename == "afdp.csv"


@pytest.mark.parametrize("changes", [{"filename": "virus.exe"}, {"size": 0}, {"size": 10**12}])
def test_a_file_that_is_not_taken_is_refused_before_it_is_sent(client, revision, changes):
    answer = begin(client, revision, **changes)

    assert answer.status_code == 422
    assert answer.json()["error"]


def test_nobody_goes_on_with_anothers_upload(client, revision):
    begun = begin(client, revision).json()
    organization = revision.dataset.owner_org
    client.force_login(MembershipFactory(role=OrganizationRole.EDITOR, organization=organization).user)

    assert put(client, begun, 0, CSV).status_code == 404
    answer = client.post(reverse("datasets:record-file-add", args=[revision.pk]), WORDS | {"upload": begun["upload"]})
    assert "upload" in answer.context["form"].errors


def test_what_nobody_went_on_with_is_deleted(client, revision):
    begun = begin(client, revision).json()
    put(client, begun, 0, CSV)
    assert uploads.discard_old(now=NOW) == 0

    assert uploads.discard_old(now=timezone.now() + uploads.KEPT + dt.timedelta(hours=1)) == 1

    assert (Upload.objects.count(), parts()) == (0, [])


def test_parts_whose_upload_is_gone_are_deleted(client, revision):
    for name in ("lost.csv", "kept.csv"):
        put(client, begin(client, revision, filename=name).json(), 0, CSV)
    Upload.objects.filter(filename="lost.csv").delete()

    assert uploads.discard_old(now=NOW) == 1

    assert default_storage.listdir("uploads") == ([str(Upload.objects.get().pk)], [])
