"""The pages of a revision: what each role sees and may do there, and what is said when somebody else was quicker."""

import datetime as dt
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from accounts.activity import of
from datasets.enums import Criterion, Decision
from datasets.models import Dataset, Resource, Revision
from datasets.models.resources import path_of
from datasets.selectors.findings import findings_of
from datasets.selectors.releases import next_release
from datasets.selectors.working_copies import working_copy
from datasets.services import gates, reviews, revisions
from datasets.tasks import release_scheduled
from tests.factories.accounts import DelegationFactory, OrganizationFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.gates import answered, begun, people_of, released, reviewed, signed, submitted
from tests.factories.staff import staff

pytestmark = pytest.mark.django_db
SAID = {"name": "Solange Arsenault", "position": "Chief Information Officer", "text": "I approve."}


@pytest.fixture
def people():
    return people_of(OrganizationFactory(title_en="Fisheries and Oceans"))


@pytest.fixture
def revision(people):
    return begun(people, title_en="Tides of Fundy")


def open_as(client, user):
    client.force_login(user)
    return client


def move_url(revision, move):
    return reverse("datasets:revision-move", args=[revision.pk, move])


def renamed(dataset, people, title="Tides"):
    """A change of the public record."""
    now = timezone.now()
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=now)
    copy = working_copy(revision)
    copy.dataset.title_en = title
    edit = revisions.Edit(dataset=copy.dataset)
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=now)


def answers(revision, decision="met", **changes):
    data = {"content": revision.content_hash, "then": "pass"}
    data |= {f"decision_{criterion}": decision for criterion in Criterion}
    return data | changes


@pytest.mark.parametrize(
    ("role", "stage", "ways"),
    [
        ("editor", begun, ["Edit", "Send to review", "Set the work aside"]),
        ("member", begun, []),
        ("reviewer", submitted, ["Review", "Give back to the editor"]),
        ("imso", reviewed, ["Give back to the editor", "Sign off"]),
        ("imso", signed, ["Take the sign-off back"]),
        ("publisher", signed, ["Give back to the editor", "Release", "Schedule the release"]),
        ("editor", signed, ["Edit", "Take back"]),
    ],
)
def test_the_page_offers_each_their_moves_and_no_others(client, people, revision, role, stage, ways):
    if stage is not begun:
        revision = stage(revision, people)

    page = open_as(client, people[role]).get(revision.get_absolute_url())

    assert sorted(way.label for way in page.context["ways"]) == sorted(ways)
    assert all(way.url in page.content.decode() for way in page.context["ways"])
    assert all(client.get(way.url).status_code == 200 for way in page.context["ways"])


def test_strangers_do_not_learn_that_there_is_a_revision(client, revision):
    stranger = people_of(OrganizationFactory())["imso"]

    for name in ("detail", "review", "sign"):
        assert open_as(client, stranger).get(reverse(f"datasets:revision-{name}", args=[revision.pk])).status_code == 404
    assert client.post(move_url(revision, "submit")).status_code == 404


def test_a_record_is_led_to_the_public_on_its_pages(client, people, revision):
    open_as(client, people["editor"]).post(move_url(revision, "submit"), {"note": "The tides of 2026."})
    client.force_login(people["reviewer"])
    client.post(reverse("datasets:revision-review", args=[revision.pk]), answers(revision))
    client.force_login(people["imso"])
    said = SAID | {"content": revision.content_hash, "signed_on": timezone.localdate().isoformat()}
    client.post(reverse("datasets:revision-sign", args=[revision.pk]), said)
    client.force_login(people["publisher"])
    client.post(move_url(revision, "release"))
    client.logout()

    page = client.get(Dataset.objects.published().get().get_absolute_url()).content.decode()

    assert "Signed off by Solange Arsenault, Chief Information Officer" in page


def test_the_page_shows_what_changes_in_both_languages_and_since_the_last_signature(client, people, revision):
    dataset = released(revision, people).dataset
    change = signed(renamed(dataset, people), people)
    copy = working_copy(change)
    copy.dataset.title_fr = "Marées"
    edit, now = revisions.Edit(dataset=copy.dataset), timezone.now()
    change = revisions.save(revision=change, number=change.number, edit=edit, actor=people["editor"], now=now)

    page = open_as(client, people["reviewer"]).get(change.get_absolute_url()).context["page"]

    assert [(each.language, each.label) for each in page.changes[0].changes] == [("en", "title"), ("fr", "title")]
    assert [(each.language, each.label) for each in page.since_signed[0].changes] == [("fr", "title")]
    assert page.signed is None


def test_the_page_of_a_draft_shows_what_changed_since_it_was_signed(client, people, revision):
    revision = signed(revision, people)
    copy = working_copy(revision)
    copy.dataset.notes_fr = "Les marées de la baie."
    edit, later = revisions.Edit(dataset=copy.dataset), timezone.now() + dt.timedelta(minutes=1)
    revision = revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=later)

    page = open_as(client, people["imso"]).get(revision.get_absolute_url()).context["page"]

    assert page.changes == []
    assert [(each.language, each.label) for each in page.since_signed[0].changes] == [("fr", "description")]


def test_of_a_new_record_the_official_reads_all_that_it_says_in_both_languages(client, people):
    revision = reviewed(begun(people, title_en="Tides of Fundy", title_fr="Marées de Fundy"), people)

    page = open_as(client, people["imso"]).get(reverse("datasets:revision-sign", args=[revision.pk])).content.decode()

    for text in ("Tides of Fundy", "Marées de Fundy", "Mises en chantier par province.", "Chiffres mensuels."):
        assert text in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_queries_however_many_resources(client, people, count, django_assert_max_num_queries):
    revision = reviewed(begun(people, resources=count), people)
    open_as(client, people["imso"]).get(revision.get_absolute_url())

    with django_assert_max_num_queries(30):
        assert client.get(revision.get_absolute_url()).status_code == 200


def test_answers_are_kept_one_by_one_and_a_no_says_why(client, people, revision):
    revision = submitted(revision, people)
    url = reverse("datasets:revision-review", args=[revision.pk])
    client.force_login(people["reviewer"])

    unexplained = client.post(url, answers(revision, decision_privacy="not_met"))
    assert unexplained.status_code == 422
    assert "note_privacy" in unexplained.context["form"].errors
    some = {"content": revision.content_hash, "then": "stay", "decision_privacy": "not_met", "note_privacy": "Names."}
    assert client.post(url, some).status_code == 302
    again = client.get(url).context["form"]
    assert (again["decision_privacy"].initial, again["note_privacy"].initial) == ("not_met", "Names.")

    unfinished = client.post(url, {"content": revision.content_hash, "then": "pass", "decision_security": "met"})
    assert unfinished.status_code == 422
    assert "The review is not finished" in unfinished.content.decode()
    assert list(revision.answers.values_list("criterion", flat=True)) == ["privacy"], "all of a form is kept, or nothing"


def test_a_reviewer_does_not_answer_for_what_they_did_not_see(client, people, revision):
    revision = submitted(revision, people)
    seen = answers(revision)
    copy = working_copy(revision)
    copy.dataset.title_en = "Other"
    edit = revisions.Edit(dataset=copy.dataset)
    changed = revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=timezone.now())
    submitted(changed, people)

    answer = open_as(client, people["reviewer"]).post(reverse("datasets:revision-review", args=[revision.pk]), seen)

    assert answer.status_code == 422
    assert "Somebody else has changed this record" in answer.content.decode()
    assert not revision.answers.exists()


def test_an_official_signs_what_they_saw_and_no_more(client, people, revision):
    revision = reviewed(revision, people)
    said = SAID | {"content": "0" * 64, "signed_on": timezone.localdate().isoformat()}

    answer = open_as(client, people["imso"]).post(reverse("datasets:revision-sign", args=[revision.pk]), said)

    assert answer.status_code == 422
    assert "Somebody else has changed this record" in answer.content.decode()
    assert not revision.sign_offs.exists()


@pytest.mark.parametrize("is_new", [True, False], ids=["draft", "change"])
def test_who_signs_a_state_that_is_past_sees_the_new_one_and_what_is_different_at_once(client, people, revision, is_new):
    if not is_new:
        revision = renamed(released(revision, people).dataset, people, "Tides, first")
    revision = reviewed(revision, people)
    url = reverse("datasets:revision-sign", args=[revision.pk])
    page = open_as(client, people["imso"]).get(url)
    said = SAID | {"content": page.context["form"]["content"].value(), "signed_on": timezone.localdate().isoformat()}
    assert page.context["since_shown"] is None
    copy = working_copy(revision)
    copy.dataset.notes_en = "Written meanwhile."
    edit = revisions.Edit(dataset=copy.dataset)
    revision = revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=timezone.now())

    answer = client.post(url, said, follow=True)  # it is with the editor again
    assert answer.redirect_chain[0][0].startswith(revision.get_absolute_url())
    assert "What changed since you opened the page" in answer.content.decode()
    assert "Written meanwhile." in answer.content.decode()

    revision = reviewed(revision, people)
    answer = client.post(url, said)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else has changed this record" in html
    assert [each.changes[0].label for each in answer.context["since_shown"]] == ["description"]
    assert SAID["text"] in html, "what was written is still there"

    client.post(url, said | {"content": answer.context["form"]["content"].value()})
    assert revision.sign_offs.get().content_hash == revision.content_hash


@pytest.mark.parametrize("days", [1, -370, -350_000])
def test_a_communication_of_tomorrow_or_of_long_ago_is_refused(client, people, revision, days):
    revision = reviewed(revision, people)
    day = timezone.localdate() + dt.timedelta(days=days)
    said = SAID | {"content": revision.content_hash, "signed_on": day.isoformat()}

    answer = open_as(client, people["imso"]).post(reverse("datasets:revision-sign", args=[revision.pk]), said)

    assert list(answer.context["form"].errors) == ["signed_on"]


def test_giving_back_says_why(client, people, revision):
    revision = submitted(revision, people)
    client.force_login(people["reviewer"])

    assert client.post(move_url(revision, "give_back"), {"reason": " "}).status_code == 422
    client.post(move_url(revision, "give_back"), {"reason": "Remove the names."})

    revision.refresh_from_db()
    assert revision.state == "editing"
    assert "Remove the names." in client.get(revision.get_absolute_url()).content.decode()


def test_who_comes_second_is_told(client, people, revision):
    revision = submitted(revision, people)
    answered(revision, people)
    reviews.pass_review(revision=revision, actor=people["reviewer"], now=timezone.now())

    answer = open_as(client, people["reviewer"]).post(
        reverse("datasets:revision-review", args=[revision.pk]), answers(revision), follow=True
    )

    assert answer.redirect_chain[0][0] == revision.get_absolute_url()
    assert "Somebody was quicker" in answer.content.decode()


def test_a_delegate_signs_on_behalf_of_the_official(client, people, revision):
    revision = reviewed(revision, people)
    delegation = DelegationFactory(organization=revision.dataset.owner_org, delegator=people["imso"])
    url = reverse("datasets:revision-sign", args=[revision.pk])
    said = SAID | {"content": revision.content_hash, "signed_on": timezone.localdate().isoformat()}
    assert open_as(client, people["member"]).get(url).status_code == 404

    client.force_login(delegation.delegate)
    assert "You sign on behalf of" in client.get(url).content.decode()
    client.post(url, said)

    signature = revision.sign_offs.get()
    assert (signature.signer, signature.on_behalf_of) == (delegation.delegate, people["imso"])


def test_operators_pass_no_gate(client, people, revision):
    revision = reviewed(revision, people)

    page = open_as(client, staff("operator")).get(revision.get_absolute_url())

    assert page.context["ways"] == []
    assert client.get(reverse("datasets:revision-sign", args=[revision.pk])).status_code == 404


def test_an_official_withdraws_the_approval_of_a_public_record(client, people, revision):
    dataset = released(revision, people).dataset
    url = reverse("datasets:approval-withdraw", args=[dataset.name])
    assert open_as(client, people["publisher"]).get(url).status_code == 404

    client.force_login(people["imso"])
    assert url in client.get(revision.get_absolute_url()).content.decode()
    assert client.post(url, {"reason_en": "Wrong.", "reason_fr": ""}).status_code == 422
    client.post(url, {"reason_en": "Wrong.", "reason_fr": "Erroné."})

    client.logout()
    assert client.get(dataset.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("said", ["better", "/en/datasets/better/", "{pk}", ""])
def test_a_publisher_withdraws_a_record_and_names_its_successor(client, people, revision, said):
    dataset, better = released(revision, people).dataset, DatasetFactory(published=True, name="better")
    DatasetFactory(name="draft")
    url = reverse("datasets:record-withdraw", args=[dataset.name])
    reasons = {"reason_en": "Wrong.", "reason_fr": "Erroné."}
    assert open_as(client, people["imso"]).get(url).status_code == 404

    client.force_login(people["publisher"])
    assert client.post(url, reasons | {"successor": "draft"}).status_code == 422
    client.post(url, reasons | {"successor": said.format(pk=better.pk)})

    client.logout()
    page = client.get(dataset.get_absolute_url())
    assert page.status_code == 410
    assert (better.get_absolute_url() in page.content.decode()) == bool(said)


def test_a_publisher_gives_a_withdrawn_record_back(client, people, revision):
    dataset = released(revision, people).dataset
    url, way = reverse("datasets:record-restore", args=[dataset.name]), "Give back to the public"
    client.force_login(people["publisher"])
    assert client.get(url).status_code == 404, "it is public"
    reasons = {"reason_en": "Wrong.", "reason_fr": "Erroné."}
    client.post(reverse("datasets:record-withdraw", args=[dataset.name]), reasons)

    assert way in [each.label for each in client.get(dataset.get_absolute_url()).context["ways"]]
    assert way in [each.label for each in client.get(revision.get_absolute_url()).context["ways"]]
    assert {role: open_as(client, people[role]).get(url).status_code for role in ("imso", "editor")} == {
        "imso": 404,
        "editor": 404,
    }
    client.force_login(people["publisher"])
    client.post(url, {"note": "It was right after all."})

    client.logout()
    assert client.get(dataset.get_absolute_url()).status_code == 200
    assert of(dataset).filter(verb="dataset.restore", note="It was right after all.").exists()


def test_a_record_whose_approval_was_withdrawn_is_not_given_back(client, people, revision):
    dataset = released(revision, people).dataset
    reasons = {"reason_en": "Wrong.", "reason_fr": "Erroné."}
    open_as(client, people["imso"]).post(reverse("datasets:approval-withdraw", args=[dataset.name]), reasons)

    assert open_as(client, people["publisher"]).get(reverse("datasets:record-restore", args=[dataset.name])).status_code == 404


def test_the_page_of_a_record_leads_its_own_people_on(client, people):
    imported = DatasetFactory(published=True, owner_org=people["imso"].memberships.get().organization)
    change = renamed(imported, people)
    labels = {}
    for role in ("editor", "imso", "publisher"):
        page = open_as(client, people[role]).get(imported.get_absolute_url())
        labels[role] = [way.label for way in page.context["ways"]]
        assert change.get_absolute_url() in page.content.decode()
    client.logout()

    assert labels == {
        "editor": ["The work on this record", "All versions"],
        "imso": ["The work on this record", "Withdraw the approval", "All versions"],
        "publisher": ["The work on this record", "Withdraw", "All versions"],
    }
    public = client.get(imported.get_absolute_url()).content.decode()
    assert "Approved at source" in public
    assert "What you can do" not in public


def table(text, **columns):
    content = text.encode()
    digest = sha256(content).hexdigest()
    default_storage.save(path_of(digest), ContentFile(content))
    columns |= {"file": path_of(digest), "sha256": digest, "filename": "a.csv", "size": len(content), "url": ""}
    Resource.objects.update(**columns)


def texts(found):
    return [(finding.text, finding.is_warning) for finding in found]


def test_findings_name_the_columns_that_look_personal(people, revision):
    table("station,contact_email,note\n1,ana@example.org,call 613-555-0123\n2,luc@example.org,K1A 0H3\n", name_en="Rain")

    found = findings_of(working_copy(revision))[Criterion.PRIVACY]

    assert texts(found) == [
        ("Rain: the column “contact_email” holds what looks like e-mail addresses in 2 rows.", True),
        ("Rain: the column “note” holds what looks like telephone numbers in 1 row.", True),
        ("Rain: the column “note” holds what looks like postal codes in 1 row.", True),
    ]


def test_a_table_of_figures_is_found_clean(people, revision):
    table("year,total\n2025,1 234 567,8\n2026,999\n")

    found = findings_of(working_copy(revision))[Criterion.PRIVACY]

    assert texts(found) == [("Nothing like personal information is in the first rows of 1 table.", False)]


def test_findings_about_languages_and_formats(people):
    revision = begun(people, title_en="Same", title_fr="Same", notes_fr="")
    Resource.objects.update(format="PDF")

    found = findings_of(working_copy(revision))

    assert texts(found[Criterion.OFFICIAL_LANGUAGES]) == [
        ("The record: the title is the same in English and in French.", True),
        ("The record: the description is missing in French.", True),
    ]
    assert [finding.is_warning for finding in found[Criterion.FORMATS]] == [True]


def test_the_job_writes_what_is_due_and_leaves_the_rest(people, revision, time_machine):
    dataset = released(revision, people).dataset
    later = timezone.now() + dt.timedelta(hours=1)
    change = released(renamed(dataset, people), people, visible_from=later)

    release_scheduled()
    assert Revision.objects.get(pk=change.pk).state == "scheduled"
    assert next_release(timezone.now()) == later, "no cache keeps the page longer"
    time_machine.move_to(later + dt.timedelta(seconds=1))
    release_scheduled()

    assert Revision.objects.get(pk=change.pk).state == "released"
    assert Dataset.objects.published().get().title_en == "Tides"


def test_the_job_gives_back_what_was_changed_beside_it(people, revision, time_machine):
    dataset = released(revision, people).dataset
    later = timezone.now() + dt.timedelta(hours=1)
    change = released(renamed(dataset, people), people, visible_from=later)
    Resource.objects.update(metadata_hash="0" * 64)

    time_machine.move_to(later + dt.timedelta(seconds=1))
    release_scheduled()

    assert Revision.objects.get(pk=change.pk).state == "editing"


def test_a_persons_part_in_the_gates_is_theirs_to_take_away(people, revision):
    revision = signed(revision, people)
    kinds = {
        role: [row["kind"] for row in personal_data.export(people[role])["datasets.governance"]]
        for role in ("editor", "reviewer", "imso")
    }
    assert kinds == {"editor": ["revision"], "reviewer": ["answer"] * 7, "imso": ["sign-off"]}

    for role in kinds:
        personal_data.erase(people[role])

    assert not revision.writers.exists()
    assert set(revision.answers.values_list("reviewer", "decision")) == {(None, Decision.MET.value)}
    kept = revision.sign_offs.get()
    assert (kept.signer, kept.name) == (None, "Solange Arsenault")


def test_whoever_gets_a_record_back_reads_why_on_its_pages(client, people, revision):
    gates.give_back(
        revision=submitted(revision, people), reason="Name the stations.", actor=people["reviewer"], now=timezone.now()
    )
    open_as(client, people["editor"])

    for name in ("revision-detail", "record-edit", "record-resources"):
        page = client.get(reverse(f"datasets:{name}", args=[revision.pk])).content.decode()
        notice = page.partition('aria-labelledby="returned"')[2].partition("</section>")[0]
        assert "Name the stations." in notice, name


def test_each_queue_says_how_many_records_wait_in_it(client, people):
    for _ in range(2):
        submitted(begun(people), people)

    rooms = open_as(client, people["reviewer"]).get(reverse("datasets:record-list")).context["rooms"]

    assert [(room.name, room.count) for room in rooms] == [
        ("record-list", None),
        ("queue-review", 2),
        ("turnaround-list", None),
        ("freshness-list", None),
    ]


def test_each_criterion_is_folded_under_its_answer_but_the_next_one_and_those_in_error(client, people, revision):
    revision = submitted(revision, people)
    url = reverse("datasets:revision-review", args=[revision.pk])
    client.force_login(people["reviewer"])
    some = {"content": revision.content_hash, "then": "stay", "decision_confidentiality": "met", "decision_privacy": "not_met"}

    refused = client.post(url, some)
    assert [each.criterion for each in refused.context["form"].questions() if each.is_open] == ["authority", "privacy"]
    client.post(url, some | {"note_privacy": "Names."})

    page = client.get(url)
    asked = {each.criterion: each for each in page.context["form"].questions()}
    assert [name for name, each in asked.items() if each.is_open] == ["authority"]
    assert (asked["confidentiality"].answer, asked["privacy"].answer, asked["other"].answer) == ("met", "not_met", None)
    assert page.content.decode().count("Not answered yet") == 5
