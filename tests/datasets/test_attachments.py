"""Files beside the answers of a review, and the letter of a sign-off: who reads them, and what becomes of bad ones."""

import html
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts import personal_data
from datasets.enums import Criterion, Decision
from datasets.errors import CommunicationMissing, ExplanationMissing
from datasets.models import Answer, SignOff
from datasets.models.attachments import Attachment
from datasets.models.resources import path_of
from datasets.services import gates, reviews
from datasets.services.files import store
from tests.factories.accounts import OrganizationFactory
from tests.factories.gates import begun, people_of, released, reviewed, submitted
from tests.factories.staff import clients

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nI approve.\n"
DIGEST = sha256(PDF).hexdigest()
SAID = {"name": "Solange Arsenault", "position": "Chief Information Officer"}


@pytest.fixture
def people():
    return people_of(OrganizationFactory())


@pytest.fixture
def revision(people):
    return begun(people)


def pdf(name="letter.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "text/html")


def sign_page(client, revision, people):
    client.force_login(people["imso"])
    said = SAID | {"content": revision.content_hash, "signed_on": timezone.localdate().isoformat(), "text": ""}
    return reverse("datasets:revision-sign", args=[revision.pk]), said


def review_page(client, revision, people):
    client.force_login(people["reviewer"])
    said = {"content": revision.content_hash, "then": "stay"}
    return reverse("datasets:revision-review", args=[revision.pk]), said


def file_url(revision, digest=DIGEST):
    return reverse("datasets:revision-attachment", args=[revision.pk, digest])


def status(client, url):
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # which closes the file; `close` would close an old connection with it
    return answer.status_code


def kept_token(page, field):
    """What the form keeps of a file, as the browser would send it again."""
    bound = page.context["form"][field]
    return str(bound).partition(f'name="{field}-kept" value="')[2].partition('"')[0]


def test_a_letter_stands_in_place_of_the_text(client, people, revision):
    revision = reviewed(revision, people)
    url, said = sign_page(client, revision, people)

    assert client.post(url, said | {"attachment": pdf()}).status_code == 302

    signed = SignOff.objects.get()
    assert (signed.text, signed.attached) == ("", Attachment(DIGEST, "letter.pdf", len(PDF)))
    page = client.get(revision.get_absolute_url()).content.decode()
    assert file_url(revision) in page
    assert "letter.pdf" in page


def test_neither_text_nor_letter_is_no_communication(client, people, revision):
    revision = reviewed(revision, people)
    url, said = sign_page(client, revision, people)

    assert client.post(url, said).context["form"].errors["text"] == ["Write the communication, or attach the letter."]

    communication = gates.Communication("S. A.", "CIO", timezone.localdate(), " ")
    with pytest.raises(CommunicationMissing):
        gates.sign(
            revision=revision,
            content=revision.content_hash,
            communication=communication,
            actor=people["imso"],
            now=timezone.now(),
        )


def test_the_database_holds_that_a_sign_off_and_a_no_say_something(people, revision):
    released(revision, people)

    for row, changes in ((SignOff.objects.all(), {"text": ""}), (Answer.objects.all(), {"decision": "not_met"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**changes)
        row.update(**changes, attachment=DIGEST, attachment_name="a.pdf", attachment_size=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(attachment_name="")


def test_a_no_is_explained_by_a_file_as_well(people, revision):
    submitted(revision, people)
    letter = Attachment(store(PDF).sha256, "why.pdf", len(PDF))
    words = {"revision": revision, "criterion": Criterion.PRIVACY, "actor": people["reviewer"], "now": timezone.now()}

    with pytest.raises(ExplanationMissing):
        reviews.answer(said=reviews.Given(Decision.NOT_MET), **words)
    found = reviews.answer(said=reviews.Given(Decision.NOT_MET, "", letter), **words)

    assert found.attached == letter


def test_answers_keep_their_files_until_they_are_left_out(client, people, revision):
    revision = submitted(revision, people)
    url, said = review_page(client, revision, people)
    said |= {"decision_privacy": "not_met"}

    client.post(url, said | {"attachment_privacy": pdf("assessment.pdf")})
    at = revision.answers.get().at
    said["attachment_privacy-kept"] = kept_token(client.get(url), "attachment_privacy")
    client.post(url, said)
    assert (revision.answers.get().attachment, revision.answers.get().at) == (DIGEST, at), "the same answer is not given again"
    client.post(url, said | {"attachment_privacy-dropped": "1", "note_privacy": "Names."})

    assert revision.answers.get().attached is None
    assert client.get(file_url(revision)).status_code == 404


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (pdf("letter.exe"), "Ce type de fichier n'est pas accepté."),
        (pdf(content=b"MZ\x90"), "Le contenu de ce fichier ne correspond pas à l'extension de son nom."),
        (pdf("page.html", b"\x00\x01"), "Le contenu de ce fichier ne correspond pas à l'extension de son nom."),
        (pdf(content=b""), "Le fichier soumis est vide."),
    ],
)
def test_a_bad_file_is_refused_in_the_readers_language_and_nothing_else_is_lost(client, people, revision, file, message):
    revision = submitted(revision, people)
    url, said = review_page(client, revision, people)
    said |= {"decision_privacy": "not_met", "decision_security": "met", "note_security": "Looked at by two."}
    file.seek(0)

    with translation.override("fr"):
        french = reverse("datasets:revision-review", args=[revision.pk])
        page = client.post(french, said | {"attachment_privacy": file, "attachment_security": pdf("scan.pdf")})

    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, ["attachment_privacy"])
    assert message in html.unescape(page.content.decode())
    assert form["note_security"].value() == "Looked at by two."
    assert not revision.answers.exists()
    said["attachment_security-kept"] = kept_token(page, "attachment_security")
    client.post(url, said | {"attachment_privacy": pdf("why.pdf")})
    assert sorted(revision.answers.values_list("criterion", "attachment_name")) == [
        ("privacy", "why.pdf"), ("security", "scan.pdf"),
    ]  # fmt: skip


def test_a_file_without_a_decision_is_not_lost_unseen(client, people, revision):
    revision = submitted(revision, people)
    url, said = review_page(client, revision, people)

    page = client.post(url, said | {"attachment_privacy": pdf()})

    assert list(page.context["form"].errors) == ["decision_privacy"]
    assert "letter.pdf" in page.content.decode()


def test_too_large_a_file_is_refused(client, people, revision, settings):
    settings.UPLOAD_MAX_BYTES = len(PDF) - 1
    revision = reviewed(revision, people)
    url, said = sign_page(client, revision, people)

    page = client.post(url, said | {"attachment": pdf(), "text": "I approve."})

    assert list(page.context["form"].errors) == ["attachment"]
    assert not default_storage.exists(path_of(DIGEST))


def test_nobody_names_a_file_that_their_form_did_not_keep(client, people, revision):
    revision = reviewed(revision, people)
    url, said = sign_page(client, revision, people)
    forged = f'["{DIGEST}","letter.pdf",3]'

    page = client.post(url, said | {"attachment-kept": forged})

    assert page.status_code == 422
    assert not SignOff.objects.exists()


def test_the_letter_is_read_by_the_department_and_the_portals_staff_alone(client, people, revision):
    revision = reviewed(revision, people)
    url, said = sign_page(client, revision, people)
    client.post(url, said | {"attachment": pdf("letter.html", b"<script>alert(1)</script>")})
    digest = SignOff.objects.get().attachment
    gates.release(revision=revision, actor=people["publisher"], now=timezone.now())

    seen = {name: status(each, file_url(revision, digest)) for name, each in clients().items()}
    assert seen == {"anonymous": 302, "person": 404, "member": 404} | dict.fromkeys(
        ("author", "moderator", "publisher", "administrator", "operator"), 200
    )
    answer = client.get(file_url(revision, digest))
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"] == 'attachment; filename="letter.html"'
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert "sandbox" in answer["Content-Security-Policy"]
    public = client.get(revision.dataset.get_absolute_url())
    assert [way.url for way in public.context["ways"]].count(revision.get_absolute_url()) == 1
    client.logout()
    public = client.get(revision.dataset.get_absolute_url()).content.decode()
    assert "Signed off by Solange Arsenault" in public
    assert revision.get_absolute_url() not in public
    assert digest not in public


def test_a_file_of_one_revision_is_not_found_by_another(client, people, revision):
    other = begun(people)
    revision = reviewed(revision, people)
    url, said = sign_page(client, revision, people)
    client.post(url, said | {"attachment": pdf()})

    assert client.get(file_url(other)).status_code == 404
    assert status(client, file_url(revision)) == 200


def test_an_export_names_what_was_attached(client, people, revision):
    revision = reviewed(revision, people)
    url, said = sign_page(client, revision, people)
    client.post(url, said | {"attachment": pdf()})

    (row,) = personal_data.export(people["imso"])["datasets.governance"]

    assert (row["attachment_name"], row["attachment"]) == ("letter.pdf", DIGEST)
    personal_data.erase(people["imso"])
    assert SignOff.objects.values_list("signer", "attachment").get() == (None, DIGEST)
