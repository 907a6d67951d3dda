"""From draft to public: the three gates, and what is held at each."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.activity import of
from accounts.enums import OrganizationRole, Pace
from accounts.services.notifications import choose
from datasets.enums import Criterion, Decision, Move, RevisionState
from datasets.errors import ChangedMeanwhile, IllegalMove, Incomplete, OwnWork, ReviewOpen, SignOffLapsed
from datasets.models import Dataset, Resource, Revision, RevisionItem, Version
from datasets.selectors.working_copies import working_copy
from datasets.services import gates, reviews, revisions
from tests.factories.accounts import MembershipFactory, OrganizationFactory
from tests.factories.datasets import ResourceFactory
from tests.factories.gates import begun, people_of, released, reviewed, signed

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def department():
    return OrganizationFactory(title_en="Fisheries and Oceans", title_fr="Pêches et Océans")


@pytest.fixture
def people(department):
    return people_of(department)


@pytest.fixture
def revision(people):
    return begun(people, resources=3, title_en="Tides of Fundy")


def edited(revision, actor, *, removed=(), new=(), **columns):
    """The revision with new values of its record."""
    copy = working_copy(revision)
    for name, value in columns.items():
        setattr(copy.dataset, name, value)
    edit = revisions.Edit(dataset=copy.dataset if columns else None, removed=removed, resources=new)
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=actor, now=NOW)


def test_a_record_passes_three_gates_and_is_public_with_its_history(revision, people):
    assert not Dataset.objects.published().exists()

    released(revision, people)

    dataset = Dataset.objects.published().get()
    assert (dataset.title_en, dataset.approved_hash, dataset.approved_at_source) == ("Tides of Fundy", dataset.content_hash, "")
    assert dataset.org_title_at_publication_fr == "Pêches et Océans"
    assert set(Version.objects.values_list("is_public", flat=True)) == {True}
    assert Version.objects.count() == 4
    assert [row.verb for row in of(dataset)][:2] == ["revision.release", "revision.sign"]


def test_each_is_told_when_it_is_their_turn(revision, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        released(revision, people)

    assert [message.to[0] for message in mail.outbox] == [
        people["reviewer"].email, people["imso"].email, people["publisher"].email, people["editor"].email,
    ]  # fmt: skip


def test_writers_are_told_what_became_of_their_record_at_their_pace(revision, people, django_capture_on_commit_callbacks):
    choose(person=people["reviewer"], choices={"datasets.turns": Pace.DAILY})
    choose(person=people["publisher"], choices={"datasets.turns": Pace.OFF})

    with django_capture_on_commit_callbacks(execute=True):
        released(revision, people)

    assert [message.to[0] for message in mail.outbox] == [people["imso"].email, people["editor"].email]
    assert "The record “Tides of Fundy” on which you wrote is released." in mail.outbox[-1].body
    assert "List-Unsubscribe" in mail.outbox[-1].extra_headers
    (notice,) = people["reviewer"].notifications.all()
    assert (notice.text, notice.address.endswith(revision.get_absolute_url())) == ("Tides of Fundy: Waits for review", True)


def test_a_record_that_lacks_something_is_not_sent_to_review(revision, people):
    revision = edited(revision, people["editor"], title_fr="", subject=[])

    with pytest.raises(Incomplete) as refused:
        gates.submit(revision=revision, actor=people["editor"], now=NOW)

    assert refused.value.missing == ["title in French", "subject"]


def test_every_criterion_is_answered_and_met(revision, people):
    gates.submit(revision=revision, actor=people["editor"], now=NOW)
    for criterion in Criterion:
        decision = Decision.NOT_MET if criterion == Criterion.PRIVACY else Decision.MET
        said = reviews.Given(decision, "Names.")
        reviews.answer(revision=revision, criterion=criterion, said=said, actor=people["reviewer"], now=NOW)

    with pytest.raises(ReviewOpen) as refused:
        reviews.pass_review(revision=revision, actor=people["reviewer"], now=NOW)
    assert refused.value.criteria == ["Privacy"]


def test_nobody_signs_their_own_work(revision, people):
    MembershipFactory(user=people["imso"], organization=revision.dataset.owner_org, role=OrganizationRole.EDITOR)
    revision = edited(revision, people["imso"], title_en="Tides")
    revision = reviewed(revision, people)

    said = gates.Communication("S. A.", "CIO", NOW.date(), "I approve.")
    with pytest.raises(OwnWork):
        gates.sign(revision=revision, content=revision.content_hash, communication=said, actor=people["imso"], now=NOW)
    assert not people["imso"].has_perm("datasets.sign_revision", revision)


def test_a_sign_off_lapses_when_what_it_covers_changes_and_says_why(revision, people):
    revision = signed(revision, people)

    revision = edited(revision, people["editor"], title_en="Tides")

    assert (revision.state, revision.signed_hash) == ("editing", "")
    assert str(people["editor"]) in revision.sign_offs.get().lapsed_because
    with pytest.raises(IllegalMove):
        gates.release(revision=revision, actor=people["publisher"], now=NOW)
    assert reviews.open_criteria(revision) == list(Criterion)


def test_the_database_holds_that_nothing_is_released_unsigned(revision, people):
    revision = signed(revision, people)
    for changes in ({"signed_hash": ""}, {"content_hash": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dataset.objects.update(state="published", visible_from=NOW)


def test_a_change_of_a_public_record_is_seen_by_nobody_until_it_is_released(revision, people):
    revision = released(revision, people)
    first, second, third = Resource.objects.all()
    revision = revisions.revise(dataset=revision.dataset, actor=people["editor"], now=NOW)
    second.name_en = "Renamed"
    new = ResourceFactory.build(name_en="New", sha256="ab" * 32, filename="new.csv", url="", position=3)

    revision = edited(revision, people["editor"], title_en="Tides", removed=[first.pk], new=[second, new])

    assert Dataset.objects.get().title_en == "Tides of Fundy"
    assert Resource.objects.count() == 3
    assert RevisionItem.objects.count() == 4
    released(revision, people)

    dataset = Dataset.objects.get()
    assert (dataset.title_en, dataset.approved_hash) == ("Tides", dataset.content_hash)
    assert [row.name_en for row in dataset.resources.all()] == ["Renamed", third.name_en, "New"]
    kept = dataset.resources.get(name_en="New")
    assert (kept.sha256, kept.filename, kept.file.name) == ("ab" * 32, "new.csv", f"resources/ab/{'ab' * 32}")


def test_a_lapse_stops_the_revision_and_not_the_public_record(revision, people):
    released(revision, people)
    revision = revisions.revise(dataset=revision.dataset, actor=people["editor"], now=NOW)
    revision = signed(edited(revision, people["editor"], title_en="Tides"), people)

    gates.retract(revision=revision, reason="The figures are wrong.", actor=people["imso"], now=NOW)

    assert Revision.objects.get(pk=revision.pk).state == "editing"
    assert Dataset.objects.published().get().title_en == "Tides of Fundy"


def test_a_public_record_that_was_changed_beside_the_revision_is_not_overwritten(revision, people):
    released(revision, people)
    revision = revisions.revise(dataset=revision.dataset, actor=people["editor"], now=NOW)
    revision = signed(edited(revision, people["editor"], title_en="Tides"), people)
    Resource.objects.filter(pk=Resource.objects.first().pk).update(metadata_hash="0" * 64)

    with pytest.raises(SignOffLapsed):
        gates.release(revision=revision, actor=people["publisher"], now=NOW)

    revision.refresh_from_db()
    assert (revision.state, revision.sign_offs.get().lapsed_because) == (
        "editing", "The public record was changed beside this revision.",
    )  # fmt: skip


def test_of_two_who_write_at_once_the_second_is_told(revision, people):
    seen = Revision.objects.get(pk=revision.pk)
    edited(revision, people["editor"], title_en="First")

    with pytest.raises(ChangedMeanwhile):
        edited(seen, people["member"], title_en="Second")
    assert Dataset.objects.get().title_en == "First"


def test_an_edit_that_takes_itself_back_leaves_nothing(revision, people):
    released(revision, people)
    revision = revisions.revise(dataset=revision.dataset, actor=people["editor"], now=NOW)
    revision = edited(revision, people["editor"], title_en="Tides")
    revision = edited(revision, people["editor"], title_en="Tides of Fundy")

    assert not revision.items.exists()
    assert revision.content_hash == Dataset.objects.get().content_hash


def test_a_new_record_is_public_from_its_instant_on_and_a_change_is_scheduled(revision, people):
    later = NOW + dt.timedelta(hours=2)
    released(revision, people, visible_from=later)
    dataset = Dataset.objects.get()
    assert (dataset.state, dataset.visible_from, Dataset.objects.published().exists()) == ("published", later, False)

    gates.release(revision=revision, actor=people["publisher"], now=NOW)
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=NOW)
    revision = edited(revision, people["editor"], title_en="Tides")
    revision = released(revision, people, visible_from=later)

    assert (revision.state, Dataset.objects.get().title_en) == ("scheduled", "Tides of Fundy")
    gates.release(revision=revision, actor=None, now=later)
    assert Dataset.objects.get().title_en == "Tides"


def test_one_resource_of_many_is_one_item_and_few_queries(revision, people, django_assert_max_num_queries):
    dataset = released(revision, people).dataset
    ResourceFactory.create_batch(60, dataset=dataset)
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=NOW)
    row = dataset.resources.first()
    row.name_en = "Renamed"

    with django_assert_max_num_queries(20):
        revision = edited(revision, people["editor"], new=[row])
    assert revision.items.count() == 1


def test_resources_that_are_new_stand_in_public_where_they_stood_when_they_were_signed(revision, people):
    dataset = released(revision, people).dataset
    last = dataset.resources.last()
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=NOW)
    new = [ResourceFactory.build(position=last.position + place, name_en=f"New {place}") for place in (2, 0)]

    revision = edited(revision, people["editor"], removed=[last.pk], new=new)
    released(revision, people)

    rows = Dataset.objects.get().resources.all()
    assert [(row.position - last.position, row.name_en) for row in rows][-2:] == [(0, "New 0"), (2, "New 2")]


@pytest.mark.parametrize("state", RevisionState.values)
def test_who_may_do_what_in_which_state(revision, people, state):
    """The table of roles × states × moves."""
    may = {
        "editor": {"submit", "recall", "discard"},
        "reviewer": {"pass"} | ({"give_back"} if state == "review" else set()),
        "imso": {"sign", "retract"} | ({"give_back"} if state == "sign_off" else set()),
        "publisher": {"release", "schedule", "unschedule"} | ({"give_back"} if state in {"release", "scheduled"} else set()),
        "member": set(),
    }
    revision.state = state
    for role, moves in may.items():
        found = {move.value for move in Move if people[role].has_perm(f"datasets.{move}_revision", revision)}
        assert found == {move for move in moves if state in Move(move).origins}, role
    stranger = MembershipFactory(role=OrganizationRole.IMSO).user
    assert not any(stranger.has_perm(f"datasets.{move}_revision", revision) for move in Move)
