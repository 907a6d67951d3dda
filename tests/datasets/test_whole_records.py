"""What the people of a gate see of a change of a public record: the whole of it, and the very bytes that will be public."""

from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse, translate_url
from django.utils import timezone

from datasets.models.resources import path_of
from datasets.selectors.working_copies import working_copy
from datasets.services import publication, revisions
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import ResourceFactory
from tests.factories.gates import begun, people_of, released, reviewed, signed, submitted

pytestmark = pytest.mark.django_db
OLD, REPLACED, ADDED = b"year,tide\n2025,1\n", b"year,tide\n2026,22\n", b"station,depth\nA,7\n"


def digest(content):
    return sha256(content).hexdigest()


def kept(content):
    if not default_storage.exists(path_of(digest(content))):
        default_storage.save(path_of(digest(content)), ContentFile(content))
    return {"sha256": digest(content), "file": path_of(digest(content)), "size": len(content), "url": "", "format": "CSV"}


def given(row, content, filename):
    for name, value in (kept(content) | {"filename": filename}).items():
        setattr(row, name, value)
    return row


def url(name, *args):
    return reverse(f"datasets:{name}", args=args)


@pytest.fixture
def people():
    return people_of(OrganizationFactory(title_en="Fisheries and Oceans"))


@pytest.fixture
def dataset(people):
    """Public, with a file and an address."""
    revision = begun(people, resources=2, title_en="Tides of Fundy")
    first = given(revision.dataset.resources.first(), OLD, "d.csv")
    return released(written(revision, people, resources=[first]), people).dataset


def written(revision, people, *, resources=(), removed=(), note="", **columns):
    copy = working_copy(revision)
    for name, value in columns.items():
        setattr(copy.dataset, name, value)
    edit = revisions.Edit(copy.dataset if columns else None, resources, removed, None, note)
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=timezone.now())


def changed(dataset, people, **changes):
    return written(revisions.revise(dataset=dataset, actor=people["editor"], now=timezone.now()), people, **changes)


@pytest.fixture
def change(dataset, people):
    """A file that takes another's place, a new file and a new address."""
    first = given(dataset.resources.get(sha256=digest(OLD)), REPLACED, "d.csv")
    added = given(ResourceFactory.build(dataset=dataset, position=8, name_en="Depths"), ADDED, "n.csv")
    linked = ResourceFactory.build(dataset=dataset, position=9, name_en="Elsewhere", url="https://tides.example/all.csv")
    return changed(dataset, people, resources=[first, added, linked], note="The year 2026.")


@pytest.mark.parametrize(
    ("role", "stage", "pages"),
    [
        ("reviewer", submitted, ("revision-review", "revision-detail", "revision-whole")),
        ("imso", reviewed, ("revision-sign", "revision-detail", "revision-whole")),
        ("publisher", signed, ("revision-detail", "revision-whole")),
    ],
)
def test_each_gate_opens_the_bytes_that_it_passes(client, people, change, role, stage, pages):
    change = stage(change, people)
    client.force_login(people[role])

    for name in pages:
        page = client.get(url(name, change.pk)).content.decode()
        for content, filename in ((REPLACED, "d.csv"), (ADDED, "n.csv")):
            assert url("revision-file", change.pk, digest(content)) in page
            assert filename in page
        assert "https://tides.example/all.csv" in page
        assert url("revision-whole", change.pk) in page or name == "revision-whole"
        assert "The year 2026." in page or name == "revision-whole", "what the editor said of the file's taking another's place"
    for content in (REPLACED, ADDED):
        answer = client.get(url("revision-file", change.pk, digest(content)))
        assert answer.getvalue() == content
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]


def test_only_what_the_working_copy_names_is_given_out_and_only_to_its_own(client, people, change):
    other = kept(b"of another record")["sha256"]
    stranger = people_of(OrganizationFactory())["imso"]
    client.force_login(people["imso"])
    for gone in (other, digest(OLD), "0" * 64, "../etc"):
        assert client.get(f"{change.get_absolute_url()}files/{gone}").status_code == 404

    client.force_login(stranger)
    for name in (url("revision-file", change.pk, digest(ADDED)), url("revision-whole", change.pk)):
        assert client.get(name).status_code == 404
        client.logout()
        assert client.get(name).status_code == 302
        client.force_login(stranger)


def test_the_whole_record_has_what_is_changed_and_what_is_not(client, people, dataset):
    stays, goes = dataset.resources.get(sha256=digest(OLD)), dataset.resources.get(sha256="")
    change = changed(dataset, people, removed=[goes.pk], title_fr="Marées de Fundy")
    client.force_login(people["imso"])

    page = client.get(url("revision-whole", change.pk)).content.decode()

    assert all(text in page for text in ("Tides of Fundy", "Marées de Fundy", "d.csv", "Fisheries and Oceans"))
    assert goes.url not in page
    assert client.get(url("revision-file", change.pk, stays.sha256)).getvalue() == OLD


def test_a_released_removal_leaves_the_page_of_its_revision_and_leads_the_whole_record_back(client, people, dataset):
    change = released(changed(dataset, people, removed=[dataset.resources.get(sha256="").pk]), people)
    client.force_login(people["imso"])

    assert client.get(change.get_absolute_url()).status_code == 200
    assert client.get(url("revision-whole", change.pk)).headers["Location"] == change.get_absolute_url()


def test_the_whole_record_asks_the_same_queries_however_many_resources(client, people, django_assert_max_num_queries):
    client.force_login(people["imso"])
    for count in (1, 40):
        revision = begun(people, resources=count)
        client.get(url("revision-whole", revision.pk))
        with django_assert_max_num_queries(16):
            assert client.get(url("revision-whole", revision.pk)).status_code == 200


def test_of_a_withdrawn_record_the_official_reads_all_that_it_says(client, people, dataset):
    said = {"reason_en": "Wrong.", "reason_fr": "Erroné."}
    publication.withdraw(dataset=dataset, actor=people["publisher"], now=timezone.now(), **said)
    revision = reviewed(changed(dataset, people, additional_notes_en="Measured anew."), people)
    client.force_login(people["imso"])

    for name in ("revision-sign", "revision-detail"):
        page = client.get(url(name, revision.pk)).content.decode()
        assert "What the record says" in page
        assert all(text in page for text in ("Tides of Fundy", "Measured anew.", "d.csv"))
        assert "as the public record" not in page


def test_differences_are_in_the_words_of_their_readers(client, people, change):
    other = OrganizationFactory(title_en="Transport Canada")
    change = written(change, people, license_id="ca-odla-aldg", owner_org=other, record_type="info")
    client.force_login(people["publisher"])

    page = client.get(change.get_absolute_url()).content.decode()

    assert "<del>Dataset</del>" in page.replace("</del> ", "</del>")
    assert "Transport Canada" in page
    assert str(len(REPLACED)) in page
    for word in ("Url_type", "url_type", "ca-ogl-lgo", "ca-odla-aldg", str(other.pk), "Hash "):
        assert word not in page
    french = client.get(translate_url(url("revision-whole", change.pk), "fr")).content.decode()
    assert "Nom dans l&#x27;adresse Web" in french
