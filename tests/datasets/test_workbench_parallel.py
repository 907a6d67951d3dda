"""Several people in one record at the same moment: no edit is lost, and no part of a file is taken twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OrganizationRole
from datasets.errors import PartOutOfPlace
from datasets.forms.merging import fingerprints, write_fingerprints
from datasets.models import Dataset, Revision, Term
from datasets.services import revisions, uploads
from datasets.services.vocabularies import load_vocabularies
from tests.factories.accounts import MembershipFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = timezone.now()
FIELDS = ("title_en", "title_fr", "notes_en", "notes_fr", "creator", "org_section_en")


@pytest.fixture(autouse=True)
def _vocabularies(transactional_db):
    load_vocabularies(term_model=Term)


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
