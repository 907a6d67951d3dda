import datetime as dt

import pytest
from django.utils import timezone

from accounts.activity import of
from datasets.errors import IllegalMove, NotApproved, ReasonMissing, SuccessorNotPublic
from datasets.models import Dataset, SignOff
from datasets.services import publication, revisions
from opengov.search.models import OutboxEntry
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.gates import begun, people_of, released, released_dataset, signed

pytestmark = pytest.mark.django_db
REASONS = {"reason_en": "Replaced.", "reason_fr": "Remplacé."}


@pytest.fixture(autouse=True)
def _index_later(monkeypatch):
    monkeypatch.setattr("opengov.search.outbox.enqueue", lambda *args, **options: None)


@pytest.fixture
def actor():
    return UserFactory(display_name="Ada")


@pytest.fixture
def people():
    return people_of(OrganizationFactory())


@pytest.fixture
def dataset(people):
    return released_dataset(people)


def changed(dataset, people):
    """A revision of the record with another title."""
    now = timezone.now()
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=now)
    row = Dataset.objects.get(pk=dataset.pk)
    row.title_en = "Changed"
    return revisions.save(
        revision=revision, number=revision.number, edit=revisions.Edit(dataset=row), actor=people["editor"], now=now
    )


def test_a_withdrawn_record_leaves_its_reason_and_successor(dataset, actor):
    successor = DatasetFactory(published=True)
    entries = OutboxEntry.objects.count()

    publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), successor=successor, **REASONS)
    again = publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), reason_en="Other", reason_fr="Autre")

    assert list(Dataset.objects.tombstones()) == [dataset]
    assert (again.withdrawal_reason_en, again.withdrawal_reason_fr, again.successor) == ("Replaced.", "Remplacé.", successor)
    assert again.state == "withdrawn"
    assert OutboxEntry.objects.count() == entries + 1
    assert (of(dataset)[0].verb, of(dataset)[0].note) == ("dataset.withdraw", "Replaced. / Remplacé.")


def test_what_was_never_public_leaves_no_tombstone(people, actor):
    now = timezone.now()
    later = released(begun(people), people, visible_from=now + dt.timedelta(days=2)).dataset

    publication.withdraw(dataset=later, actor=actor, now=now, **REASONS)

    assert not Dataset.objects.tombstones().exists()


@pytest.mark.parametrize("reasons", [{"reason_en": "Why", "reason_fr": " "}, {"reason_en": "", "reason_fr": "Pourquoi"}])
def test_a_withdrawal_is_explained_in_both_languages(dataset, actor, reasons):

    with pytest.raises(ReasonMissing):
        publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), **reasons)

    assert Dataset.objects.published().exists()


def test_a_successor_is_another_record_that_is_public(dataset, actor):
    for successor in (dataset, DatasetFactory()):
        with pytest.raises(SuccessorNotPublic):
            publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), successor=successor, **REASONS)


def test_a_restored_record_is_public_as_it_was(dataset, actor):
    publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), **REASONS)

    restored = publication.restore(dataset=dataset, actor=actor, now=timezone.now())
    publication.restore(dataset=dataset, actor=actor, now=timezone.now())

    assert list(Dataset.objects.published()) == [dataset]
    assert (restored.withdrawn_at, restored.withdrawal_reason_en, restored.visible_from) == (None, "", dataset.visible_from)
    assert of(dataset).filter(verb="dataset.restore").count() == 1


def test_moves_that_the_state_does_not_allow_are_refused(actor):
    draft = DatasetFactory()
    with pytest.raises(IllegalMove, match="“Draft” cannot become “Withdrawn”"):
        publication.withdraw(dataset=draft, actor=actor, now=timezone.now(), **REASONS)
    with pytest.raises(IllegalMove):
        publication.restore(dataset=draft, actor=actor, now=timezone.now())


def test_a_withdrawn_approval_stops_the_record_and_its_signed_change(dataset, people):
    change = signed(changed(dataset, people), people)
    imso = people["imso"]

    publication.withdraw_approval(dataset=dataset, actor=imso, now=timezone.now(), **REASONS)
    publication.withdraw_approval(dataset=dataset, actor=imso, now=timezone.now(), **REASONS)

    assert not Dataset.objects.published().exists()
    assert list(Dataset.objects.tombstones()) == [dataset]
    change.refresh_from_db()
    assert (change.state, change.signed_hash) == ("editing", "")
    assert set(SignOff.objects.values_list("lapsed_because", flat=True)) == {"Replaced."}
    assert of(dataset).filter(verb="dataset.withdraw_approval").count() == 1
    with pytest.raises(NotApproved):
        publication.restore(dataset=dataset, actor=people["publisher"], now=timezone.now())

    released(change, people)

    assert Dataset.objects.published().get().title_en == "Changed"


def test_what_was_approved_at_source_is_stopped_by_the_department_too(actor):
    imported = DatasetFactory(published=True)

    publication.withdraw_approval(dataset=imported, actor=actor, now=timezone.now(), **REASONS)

    with pytest.raises(NotApproved):
        publication.restore(dataset=imported, actor=actor, now=timezone.now())


def test_the_approval_is_its_own_officials_to_withdraw(dataset, people):
    stranger = people_of(OrganizationFactory())["imso"]

    may = {name: user.has_perm("datasets.withdraw_approval", dataset) for name, user in {**people, "stranger": stranger}.items()}

    assert {name for name, found in may.items() if found} == {"imso"}
    assert not people["imso"].has_perm("datasets.withdraw_approval", DatasetFactory(owner_org=dataset.owner_org))


def test_a_withdrawal_takes_the_instant_from_a_scheduled_change(dataset, people):
    later = timezone.now() + dt.timedelta(days=1)
    change = released(changed(dataset, people), people, visible_from=later)
    assert change.state == "scheduled"

    publication.withdraw(dataset=dataset, actor=people["publisher"], now=timezone.now(), **REASONS)

    change.refresh_from_db()
    assert (change.state, change.visible_from) == ("release", None)
