"""Two people at the gates at once: one wins, the other is told, nothing is lost and nothing unsigned is public."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Activity
from datasets.enums import Criterion, Decision
from datasets.errors import ChangedMeanwhile, IllegalMove, NotOpen
from datasets.models import Dataset, Revision, SignOff
from datasets.selectors.working_copies import working_copy
from datasets.services import bulk, gates, publication, reviews, revisions
from tests.factories.accounts import AppointmentFactory, MembershipFactory, OrganizationFactory
from tests.factories.gates import begun, people_of, released, reviewed, signed
from tests.parallel import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return people_of(OrganizationFactory())


def save(revision, actor, **columns):
    copy = working_copy(revision)
    for name, value in columns.items():
        setattr(copy.dataset, name, value)
    edit = revisions.Edit(dataset=copy.dataset)
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=actor, now=timezone.now())


def test_two_publishers_who_release_at_once_release_it_once(people):
    revision, other = signed(begun(people), people), AppointmentFactory(role="publisher").user

    results = at_once(
        *[
            lambda actor=actor: gates.release(revision=revision, actor=actor, now=timezone.now())
            for actor in (people["publisher"], other)
        ]
    )

    assert {result.state for result in results} == {"released"}
    assert Activity.objects.filter(verb="revision.release").count() == 1


def test_an_edit_and_a_signature_at_once_leave_no_signature_on_what_was_not_seen(people):
    revision = reviewed(begun(people), people)
    said = gates.Communication("S. A.", "CIO", timezone.localdate(), "I approve.")

    at_once(
        lambda: save(revision, people["editor"], title_en="Other"),
        lambda: gates.sign(
            revision=revision, content=revision.content_hash, communication=said, actor=people["imso"], now=timezone.now()
        ),
    )

    revision.refresh_from_db()
    assert (revision.state, revision.signed_hash) == ("editing", "")
    assert not SignOff.objects.filter(lapsed_at=None).exists()
    assert Dataset.objects.get().title_en == "Other"


def test_of_two_who_save_at_once_one_is_told(people):
    revision = begun(people)

    results = at_once(*[lambda title=title: save(revision, people["editor"], title_en=title) for title in ("First", "Second")])

    told = [result for result in results if isinstance(result, ChangedMeanwhile)]
    assert len(told) == 1
    kept = "Second" if isinstance(results[0], ChangedMeanwhile) else "First"
    assert Dataset.objects.get().title_en == kept


def test_an_edit_and_a_release_at_once_make_public_what_was_signed_or_nothing(people):
    dataset = released(begun(people, title_en="Before"), people).dataset
    change = revisions.revise(dataset=dataset, actor=people["editor"], now=timezone.now())
    change = signed(save(change, people["editor"], title_en="Signed"), people)

    edit, release = at_once(
        lambda: save(change, people["editor"], title_en="Unsigned"),
        lambda: gates.release(revision=change, actor=people["publisher"], now=timezone.now()),
    )

    dataset, change = Dataset.objects.get(), Revision.objects.get(pk=change.pk)
    assert dataset.approved_hash == dataset.content_hash
    if isinstance(release, IllegalMove):
        assert (dataset.title_en, change.state) == ("Before", "editing")
    else:
        assert (dataset.title_en, change.state) == ("Signed", "released")
        assert isinstance(edit, NotOpen)


def changed(people, **columns):
    """A public record, and a signed change of it."""
    dataset = released(begun(people, title_en="Before", resources=2), people).dataset
    change = revisions.revise(dataset=dataset, actor=people["editor"], now=timezone.now())
    return dataset, signed(save(change, people["editor"], **(columns or {"title_en": "Signed"})), people)


def save_resource(revision, actor, row, **columns):
    for name, value in columns.items():
        setattr(row, name, value)
    edit = revisions.Edit(resources=[row])
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=actor, now=timezone.now())


@pytest.mark.parametrize("is_public", [False, True], ids=["draft", "public"])
def test_of_two_who_write_the_same_resource_at_once_one_is_told(people, is_public):
    revision = begun(people, resources=2)
    if is_public:
        revision = revisions.revise(dataset=released(revision, people).dataset, actor=people["editor"], now=timezone.now())
    row = working_copy(revision).resources[0]
    copies = [working_copy(revision).resources[0] for _ in range(2)]

    results = at_once(
        *[
            lambda copy=copy, name=name: save_resource(revision, people["editor"], copy, name_en=name)
            for copy, name in zip(copies, ("First", "Second"), strict=True)
        ]
    )

    lost = [isinstance(result, ChangedMeanwhile) for result in results]
    assert sorted(lost) == [False, True]
    kept = next(each for each in working_copy(Revision.objects.get(pk=revision.pk)).resources if each.pk == row.pk)
    assert kept.name_en == ("Second" if lost[0] else "First")
    assert revision.items.count() == (1 if is_public else 0)


def test_of_two_who_sign_at_once_one_signs_and_the_other_is_told(people):
    revision = reviewed(begun(people), people)
    other = MembershipFactory(organization=revision.dataset.owner_org, role="imso").user

    def sign(actor):
        said = gates.Communication(actor.email, "CIO", timezone.localdate(), "I approve.")
        words = {"content": revision.content_hash, "communication": said}
        return gates.sign(revision=revision, actor=actor, now=timezone.now(), **words)

    results = at_once(*[lambda actor=actor: sign(actor) for actor in (people["imso"], other)])

    assert [type(result) for result in results].count(IllegalMove) == 1
    signature = SignOff.objects.get()
    assert [result for result in results if result == signature]
    assert Activity.objects.filter(verb="revision.sign").count() == 1


def test_a_release_and_a_withdrawal_at_once_end_in_one_of_two_states_that_can_be(people):
    dataset, change = changed(people)

    results = at_once(
        lambda: gates.release(revision=change, actor=people["publisher"], now=timezone.now()),
        lambda: publication.withdraw(
            dataset=dataset, reason_en="Wrong.", reason_fr="Faux.", actor=people["publisher"], now=timezone.now()
        ),
    )

    assert not [result for result in results if isinstance(result, Exception)]
    dataset, change = Dataset.objects.get(), Revision.objects.get(pk=change.pk)
    order = list(Activity.objects.filter(verb__in=["revision.release", "dataset.withdraw"]).order_by("pk").values_list("verb"))
    assert (dataset.title_en, change.state) == ("Signed", "released")
    assert dataset.approved_hash == dataset.content_hash
    if order[1:] and order[-1] == ("dataset.withdraw",):
        assert (dataset.state, bool(dataset.withdrawn_at)) == ("withdrawn", True)
    else:
        assert (dataset.state, dataset.withdrawn_at, dataset.withdrawal_reason_en) == ("published", None, "")


def test_a_release_and_the_withdrawal_of_the_approval_at_once_leave_nothing_unapproved_in_public(people):
    dataset, change = changed(people)

    at_once(
        lambda: gates.release(revision=change, actor=people["publisher"], now=timezone.now()),
        lambda: publication.withdraw_approval(
            dataset=dataset, reason_en="Wrong.", reason_fr="Faux.", actor=people["imso"], now=timezone.now()
        ),
    )

    dataset, change = Dataset.objects.get(), Revision.objects.get(pk=change.pk)
    assert dataset.state == "withdrawn"
    assert (dataset.title_en, change.state) in {("Before", "editing"), ("Signed", "released")}


def test_releases_of_many_at_once_release_each_once(people):
    waiting = [signed(begun(people), people) for _ in range(4)]

    def release_all(actor, rows):
        return [gates.release(revision=row, actor=actor, now=timezone.now()) for row in rows]

    at_once(
        lambda: release_all(people["publisher"], waiting),
        lambda: release_all(AppointmentFactory(role="publisher").user, waiting[::-1]),
    )

    assert Dataset.objects.published().count() == 4
    assert Activity.objects.filter(verb="revision.release").count() == 4


def test_a_review_and_an_edit_at_once_pass_nothing_that_was_not_seen(people):
    revision = gates.submit(revision=begun(people), actor=people["editor"], now=timezone.now())
    answers = dict.fromkeys(Criterion, reviews.Given(Decision.MET))

    edit, review = at_once(
        lambda: save(revision, people["editor"], title_en="Other"),
        lambda: reviews.review(
            revision=revision,
            content=revision.content_hash,
            answers=answers,
            passes=True,
            actor=people["reviewer"],
            now=timezone.now(),
        ),
    )

    revision.refresh_from_db()
    assert (revision.state, Dataset.objects.get().title_en) == ("editing", "Other")
    assert not isinstance(edit, Exception)
    assert reviews.open_criteria(revision) == list(Criterion)
    assert isinstance(review, IllegalMove | Revision)


def test_two_who_begin_to_change_a_record_at_once_change_it_together(people):
    dataset = released(begun(people), people).dataset

    results = at_once(*[lambda: revisions.revise(dataset=dataset, actor=people["editor"], now=timezone.now())] * 3)

    assert len({result.pk for result in results}) == 1


def test_a_table_and_an_edit_at_once_lose_nothing(people):
    """Whoever comes second is told: the table as a whole, the editor by the form."""
    revision = begun(people, title_en="Before")
    other = begun(people, title_en="Other")
    changes = [
        bulk.RecordChange(each.dataset_id, "", {"title_en": title}, {"title_en": f"{title}, from the table"})
        for each, title in ((revision, "Before"), (other, "Other"))
    ]

    table, edit = at_once(
        lambda: bulk.apply(changes=changes, organization=None, actor=people["editor"], now=timezone.now()),
        lambda: save(revision, people["editor"], title_en="By hand"),
    )

    titles = dict(Dataset.objects.values_list("pk", "title_en"))
    if isinstance(table, ChangedMeanwhile):
        assert (titles[revision.dataset_id], titles[other.dataset_id]) == ("By hand", "Other")
    else:
        assert isinstance(edit, ChangedMeanwhile)
        assert set(titles.values()) == {"Before, from the table", "Other, from the table"}


def test_tables_in_opposite_orders_at_once_do_not_wait_for_each_other(people):
    rows = [begun(people, title_en="Before") for _ in range(6)]

    def apply(records, title):
        changes = [bulk.RecordChange(row.dataset_id, "", {"title_en": "Before"}, {"title_en": title}) for row in records]
        return bulk.apply(changes=changes, organization=None, actor=people["editor"], now=timezone.now())

    results = at_once(lambda: apply(rows, "One"), lambda: apply(rows[::-1], "Other"))

    assert sorted(isinstance(result, ChangedMeanwhile) for result in results) == [False, True]
    assert len(set(Dataset.objects.values_list("title_en", flat=True))) == 1


@pytest.mark.parametrize("form", ["sign", "move"])
def test_the_page_of_who_came_second_says_so(people, form):
    """Through the pages: an edit at the moment of a signature or release."""
    revision = reviewed(begun(people), people) if form == "sign" else signed(begun(people), people)
    actor = people["imso"] if form == "sign" else people["publisher"]
    address, data = reverse("datasets:revision-move", args=[revision.pk, "release"]), {}
    if form == "sign":
        address = reverse("datasets:revision-sign", args=[revision.pk])
        data = {"name": "S. A.", "position": "CIO", "signed_on": "2026-11-01", "text": "Yes.", "content": revision.content_hash}

    def send():
        client = Client()
        client.force_login(actor)
        answer = client.post(address, data)
        return answer.status_code

    status, edit = at_once(send, lambda: save(revision, people["editor"], title_en="Other"))

    revision.refresh_from_db()
    if form == "move" and revision.state == "released":
        assert isinstance(edit, NotOpen)
        assert status == 302
    else:
        assert (revision.state, Dataset.objects.get().title_en) == ("editing", "Other")
        assert status in {302, 404, 409, 422}
    assert not Dataset.objects.published().filter(title_en="Other").exists()


def test_of_two_files_for_the_same_resource_at_once_both_are_told_of_or_kept(people):
    revision = begun(people)

    def add(name):
        client = Client()
        client.force_login(people["editor"])
        data = {"name_en": name, "name_fr": name, "resource_type": "dataset", "language": ["en"], "format": "CSV"}
        file = SimpleUploadedFile(f"{name}.csv", b"a,b\n1,2\n")
        return client.post(reverse("datasets:record-file-add", args=[revision.pk]), data | {"file": file}).status_code

    answers = at_once(*[lambda name=name: add(name) for name in ("one", "two")])

    kept = {row.filename for row in working_copy(Revision.objects.get()).resources} - {""}
    assert len(kept) == answers.count(302) >= 1
    assert set(answers) <= {302, 422, 409}
