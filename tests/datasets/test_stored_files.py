"""Files in the storage under their hash: those that nothing names go after a while, all others stay."""

import datetime as dt
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from datasets.models import Resource, SignOff
from datasets.models.attachments import Attachment, attachment_columns
from datasets.selectors.working_copies import working_copy
from datasets.services import files, gates, revisions
from datasets.services.files import KEPT, discard_unused, store
from datasets.tasks import discard_unused_files
from opengov import periodic
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory
from tests.factories.gates import begun, people_of, signed

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def stored(content, days=30):
    """Bytes that were stored days ago; the columns that name them."""
    kept = store(content)
    age(kept.path, days)
    return {"file": kept.path, "sha256": kept.sha256, "filename": "a.csv", "size": kept.size, "url": ""}


def age(path, days):
    then = (NOW - dt.timedelta(days=days)).timestamp()
    os.utime(default_storage.path(path), (then, then))


def test_what_nothing_names_goes_when_it_is_old():
    old, new = stored(b"old"), stored(b"new", days=1)

    assert discard_unused(now=NOW) == 1

    assert not default_storage.exists(old["file"])
    assert default_storage.exists(new["file"])
    assert discard_unused(now=NOW) == 0


def test_what_is_public_was_public_is_written_or_was_signed_stays():
    people = people_of(OrganizationFactory())
    public, earlier, later, given_up = (stored(text) for text in (b"public", b"earlier", b"later", b"given up"))
    dataset = begun(people, resources=1).dataset
    revision = dataset.revisions.get()
    row = dataset.resources.get()
    for columns in (earlier, public):
        vars(row).update({name: value for name, value in columns.items() if name != "file"})
        row.file = columns["file"]
        edit = revisions.Edit(resources=[row])
        revision = revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=NOW)
    gates.release(revision=signed(revision, people), actor=people["publisher"], now=timezone.now())
    change = revisions.revise(dataset=dataset, actor=people["editor"], now=NOW)
    for columns in (given_up, later):  # the first of the two is signed, then replaced
        row = working_copy(change).resources[0]
        vars(row).update({name: value for name, value in columns.items() if name != "file"})
        edit = revisions.Edit(resources=[row])
        change = revisions.save(revision=change, number=change.number, edit=edit, actor=people["editor"], now=NOW)
        if columns is given_up:
            change = signed(change, people)

    assert Resource.objects.get().sha256 == public["sha256"]
    assert given_up["sha256"] in str(SignOff.objects.latest("at").items)
    assert discard_unused(now=NOW) == 0


def test_a_file_that_might_go_before_it_is_named_is_stored_anew():
    left = stored(b"left over")
    store(b"left over")
    assert discard_unused(now=timezone.now()) == 0

    named = stored(b"named")
    ResourceFactory(**named)
    store(b"named")
    assert default_storage.get_modified_time(named["file"]) < NOW - KEPT  # nobody reads half of it meanwhile
    assert default_storage.exists(left["file"])


def test_any_column_as_wide_as_a_hash_may_name_a_file(monkeypatch):
    kept = stored(b"named elsewhere")
    dataset = DatasetFactory()
    monkeypatch.setattr(type(dataset)._meta.get_field("name"), "max_length", files.HASH_LENGTH)
    type(dataset).objects.update(name=kept["sha256"])

    assert discard_unused(now=NOW) == 0


def test_half_a_file_under_a_hash_is_replaced():
    whole = store(b"whole")
    default_storage.delete(whole.path)
    default_storage.save(whole.path, ContentFile(b"who"))

    store(b"whole")

    with default_storage.open(whole.path) as file:
        assert file.read() == b"whole"


def test_the_job_runs_every_week():
    old = stored(b"old")

    discard_unused_files()

    assert periodic.jobs()["datasets.tasks.discard_unused_files"] == periodic.Rhythm.WEEKLY
    assert not default_storage.exists(old["file"])


def test_what_was_attached_to_an_answer_or_a_sign_off_stays():
    people = people_of(OrganizationFactory())
    revision = signed(begun(people), people)
    for rows, text in ((revision.answers, b"assessment"), (revision.sign_offs, b"letter")):
        kept = Attachment(stored(text)["sha256"], "a.pdf", len(text))
        rows.update(**attachment_columns(kept))

    assert discard_unused(now=NOW) == 0
    revision.sign_offs.update(**attachment_columns(None))
    assert discard_unused(now=NOW) == 1
