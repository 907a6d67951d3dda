import datetime as dt

import pytest
from django.utils import timezone

from accounts.activity import of, sentence_of
from datasets.errors import IllegalMove, ReasonMissing, SuccessorNotPublic
from datasets.models import Dataset
from datasets.services import publication
from datasets.services.records import save_dataset
from opengov.search.models import OutboxEntry
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory

pytestmark = pytest.mark.django_db
REASONS = {"reason_en": "Replaced.", "reason_fr": "Remplacé."}


@pytest.fixture(autouse=True)
def _index_later(monkeypatch):
    monkeypatch.setattr("opengov.search.outbox.enqueue", lambda *args, **options: None)


@pytest.fixture
def actor():
    return UserFactory(display_name="Ada")


@pytest.fixture
def draft(actor):
    dataset = DatasetFactory.build(owner_org=OrganizationFactory())
    return save_dataset(dataset=dataset, actor=actor, now=timezone.now())


def test_a_draft_is_published_at_once_with_what_was_approved(draft, actor):
    assert not Dataset.objects.published().exists()

    dataset = publication.publish(dataset=draft, actor=actor, now=timezone.now())

    assert Dataset.objects.published().get() == dataset
    assert dataset.approved_hash == dataset.content_hash != ""
    assert sentence_of(of(dataset)[0]) == f"Ada published the dataset “{dataset.title}”"


def test_a_release_can_be_set_to_an_instant_and_the_instant_changed(draft, actor):
    now = timezone.now()
    publication.publish(dataset=draft, actor=actor, now=now, visible_from=now + dt.timedelta(days=2))
    assert not Dataset.objects.published().exists()

    dataset = publication.publish(dataset=draft, actor=actor, now=now, visible_from=now)

    assert dataset.visible_from == now
    assert Dataset.objects.published().exists()


def test_publishing_again_changes_nothing(draft, actor):
    dataset = publication.publish(dataset=draft, actor=actor, now=timezone.now())
    before, entries = Dataset.objects.values().get(), OutboxEntry.objects.count()

    publication.publish(dataset=dataset, actor=actor, now=timezone.now())

    assert Dataset.objects.values().get() == before
    assert (of(dataset).filter(verb="dataset.publish").count(), OutboxEntry.objects.count()) == (1, entries)


def test_a_withdrawn_record_leaves_its_reason_and_successor(draft, actor):
    dataset = publication.publish(dataset=draft, actor=actor, now=timezone.now())
    successor = DatasetFactory(published=True)
    entries = OutboxEntry.objects.count()

    publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), successor=successor, **REASONS)
    again = publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), reason_en="Other", reason_fr="Autre")

    assert list(Dataset.objects.tombstones()) == [dataset]
    assert (again.withdrawal_reason_en, again.withdrawal_reason_fr, again.successor) == ("Replaced.", "Remplacé.", successor)
    assert again.state == "withdrawn"
    assert OutboxEntry.objects.count() == entries + 1
    assert (of(dataset)[0].verb, of(dataset)[0].note) == ("dataset.withdraw", "Replaced. / Remplacé.")


def test_what_was_never_public_leaves_no_tombstone(draft, actor):
    now = timezone.now()
    publication.publish(dataset=draft, actor=actor, now=now, visible_from=now + dt.timedelta(days=2))

    publication.withdraw(dataset=draft, actor=actor, now=now, **REASONS)

    assert not Dataset.objects.tombstones().exists()


@pytest.mark.parametrize("reasons", [{"reason_en": "Why", "reason_fr": " "}, {"reason_en": "", "reason_fr": "Pourquoi"}])
def test_a_withdrawal_is_explained_in_both_languages(draft, actor, reasons):
    dataset = publication.publish(dataset=draft, actor=actor, now=timezone.now())

    with pytest.raises(ReasonMissing):
        publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), **reasons)

    assert Dataset.objects.published().exists()


def test_a_successor_is_another_record_that_is_public(draft, actor):
    dataset = publication.publish(dataset=draft, actor=actor, now=timezone.now())

    for successor in (dataset, DatasetFactory()):
        with pytest.raises(SuccessorNotPublic):
            publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), successor=successor, **REASONS)


def test_a_restored_record_is_public_as_it_was(draft, actor):
    dataset = publication.publish(dataset=draft, actor=actor, now=timezone.now())
    publication.withdraw(dataset=dataset, actor=actor, now=timezone.now(), **REASONS)

    restored = publication.restore(dataset=dataset, actor=actor, now=timezone.now())
    publication.restore(dataset=dataset, actor=actor, now=timezone.now())

    assert list(Dataset.objects.published()) == [dataset]
    assert (restored.withdrawn_at, restored.withdrawal_reason_en, restored.visible_from) == (None, "", dataset.visible_from)
    assert of(dataset).filter(verb="dataset.restore").count() == 1


def test_moves_that_the_state_does_not_allow_are_refused(draft, actor):
    with pytest.raises(IllegalMove, match="“Draft” cannot become “Withdrawn”"):
        publication.withdraw(dataset=draft, actor=actor, now=timezone.now(), **REASONS)
    with pytest.raises(IllegalMove):
        publication.restore(dataset=draft, actor=actor, now=timezone.now())
    withdrawn = DatasetFactory(withdrawn=True)
    with pytest.raises(IllegalMove):
        publication.publish(dataset=withdrawn, actor=actor, now=timezone.now())
