"""Several people in one record at the same moment: no edit is lost, and no part of a file is taken twice."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OrganizationRole
from datasets.errors import PartOutOfPlace
from datasets.forms.merging import fingerprints, write_fingerprints
from datasets.models import Dataset, Revision
from datasets.services import bulk, duplicates, revisions, uploads
from tests.factories.accounts import MembershipFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = timezone.now()
FIELDS = ("title_en", "title_fr", "notes_en", "notes_fr", "creator", "org_section_en")


@pytest.fixture
def editor():
    return MembershipFactory(role=OrganizationRole.EDITOR).user


@pytest.fixture
def revision(editor):
    dataset = DatasetFactory.build(owner_org=editor.memberships.get().organization)
    return revisions.open_record(dataset=dataset, actor=editor, now=NOW, resources=ResourceFactory.build_batch(2))


def at_once(*calls):
    barrier = Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            barrier.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_many_who_write_different_fields_at_once_all_keep_them(editor, revision):
    address = reverse("datasets:record-edit", args=[revision.pk])
    stored = {name: getattr(revision.dataset, name) for name in FIELDS}
    seen = write_fingerprints(fingerprints(stored))

    def write(name):
        client = Client()
        client.force_login(editor)
        return client.post(address, stored | {"seen": seen, name: f"new {name}"}).status_code

    answers = at_once(*[lambda name=name: write(name) for name in FIELDS])

    assert answers == [302] * len(FIELDS)
    dataset = Dataset.objects.get()
    assert {name: getattr(dataset, name) for name in FIELDS} == {name: f"new {name}" for name in FIELDS}
    assert Revision.objects.get().number == len(FIELDS)


def test_a_part_of_a_file_that_comes_twice_at_once_is_taken_once(editor, revision):
    upload = uploads.begin(revision=revision, actor=editor, filename="a.csv", size=8, fingerprint="", now=NOW)

    def send():
        try:
            return uploads.append(upload=upload, offset=0, content=b"a,b\n").received
        except PartOutOfPlace as error:
            return -error.received

    assert sorted(at_once(*[send] * 4)) == [-4, -4, -4, 4]
    upload.refresh_from_db()
    assert upload.received == 4


def slowly(monkeypatch, module, name):
    """Let the others come as far before it goes on."""
    function = getattr(module, name)

    def slow(*arguments, **options):
        found = function(*arguments, **options)
        time.sleep(0.4)
        return found

    monkeypatch.setattr(module, name, slow)


def posted(editor, address, data):
    """A request of the person in a session of its own."""

    def post():
        client = Client()
        client.force_login(editor)
        return client.post(address, data, follow=True)

    return post


def test_a_table_that_is_confirmed_twice_at_once_is_written_once(editor, monkeypatch):
    name = editor.memberships.get().organization.name
    client = Client()
    client.force_login(editor)
    file = SimpleUploadedFile("a.csv", b"name,title_en\n,Kelp\n")
    token = client.post(reverse("datasets:record-import", args=[name]), {"file": file}).context["token"]
    slowly(monkeypatch, bulk, "apply")

    confirm = posted(editor, reverse("datasets:record-import-apply", args=[name]), {"token": token})
    answers = at_once(confirm, confirm)

    assert list(Dataset.objects.values_list("title_en", flat=True)) == ["Kelp"]
    assert sum("saved already" in answer.content.decode() for answer in answers) == 1


def test_records_of_the_same_title_begun_at_once_take_names_one_after_the_other(editor, monkeypatch):
    slowly(monkeypatch, duplicates, "free_name")
    data = {"owner_org": editor.memberships.get().organization.pk, "record_type": "dataset", "title_en": "Kelp"}

    answers = at_once(*[posted(editor, reverse("datasets:record-create"), data)] * 3)

    assert [answer.status_code for answer in answers] == [200] * 3
    assert set(Dataset.objects.values_list("name", flat=True)) == {"kelp", "kelp-2", "kelp-3"}
