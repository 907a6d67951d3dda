"""What is released for a later instant: seen from then on, and taken back without a trace before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from datasets.enums import RevisionState
from datasets.errors import IllegalMove, NotOpen, OwnWork
from datasets.models import Dataset, Revision
from datasets.selectors.signatures import approval_of
from datasets.selectors.working_copies import working_copy
from datasets.services import gates, publication, revisions
from opengov import caching
from tests.factories.accounts import OrganizationFactory
from tests.factories.gates import begun, people_of, released_dataset, reviewed, signed

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(days=2)
REASONS = {"reason_en": "Wrong.", "reason_fr": "Erroné."}


@pytest.fixture
def people():
    return people_of(OrganizationFactory())


@pytest.fixture
def waiting(people):
    return gates.release(revision=signed(begun(people), people), actor=people["publisher"], now=NOW, visible_from=LATER)


def saved(revision, actor, **columns):
    copy = working_copy(revision)
    for name, value in columns.items():
        setattr(copy.dataset, name, value)
    edit = revisions.Edit(dataset=copy.dataset)
    return revisions.save(revision=revision, number=revision.number, edit=edit, actor=actor, now=NOW)


def state_of(revision):
    row = Revision.objects.select_related("dataset").get(pk=revision.pk)
    return row.state, row.dataset.state, row.dataset.visible_from


def test_a_new_record_waits_as_scheduled_and_is_written(waiting):
    assert state_of(waiting) == ("scheduled", "published", LATER)
    assert waiting.visible_from == LATER


def test_its_instant_makes_it_released_whoever_looks_first(waiting):
    Dataset.objects.update(visible_from=NOW - timedelta(minutes=1))
    Revision.objects.update(visible_from=NOW - timedelta(minutes=1))
    assert approval_of(waiting.dataset) is not None

    assert Client().get(waiting.dataset.get_absolute_url()).status_code == 200

    assert state_of(waiting)[0] == "released"


def test_it_is_released_at_once_after_all(waiting, people):
    gates.release(revision=waiting, actor=people["publisher"], now=NOW)
    assert state_of(waiting) == ("released", "published", NOW)


def test_it_gets_another_instant(waiting, people):
    gates.release(revision=waiting, actor=people["publisher"], now=NOW, visible_from=LATER + timedelta(days=1))
    assert state_of(waiting) == ("scheduled", "published", LATER + timedelta(days=1))


def test_taken_back_it_is_a_draft_that_waits_for_release(waiting, people):
    gates.unschedule(revision=waiting, actor=people["publisher"], now=NOW)
    assert state_of(waiting) == ("release", "draft", None)
    assert not waiting.dataset.versions.filter(is_public=True).exists()

    gates.release(revision=waiting, actor=people["publisher"], now=NOW)
    assert state_of(waiting) == ("released", "published", NOW)


@pytest.mark.parametrize("move", [gates.give_back, gates.retract])
def test_given_back_it_is_a_draft(waiting, people, move):
    move(revision=waiting, reason="Wrong.", actor=people["publisher"], now=NOW)
    assert state_of(waiting) == ("editing", "draft", None)


def test_changed_it_is_a_draft_whose_sign_off_has_lapsed(waiting, people):
    saved(waiting, people["editor"], title_en="Other")
    assert state_of(waiting) == ("editing", "draft", None)
    assert waiting.sign_offs.get().lapsed_at


def test_saved_as_it_is_it_goes_on_waiting(waiting, people):
    saved(waiting, people["editor"])
    assert state_of(waiting) == ("scheduled", "published", LATER)


def test_withdrawn_before_its_instant_it_is_a_draft_and_leaves_no_tombstone(waiting, people):
    publication.withdraw(dataset=waiting.dataset, actor=people["publisher"], now=NOW, **REASONS)
    assert state_of(waiting) == ("release", "draft", None)
    assert Client().get(waiting.dataset.get_absolute_url()).status_code == 404


def test_its_approval_withdrawn_it_is_with_its_editor(waiting, people):
    publication.withdraw_approval(dataset=waiting.dataset, actor=people["imso"], now=NOW, **REASONS)
    assert state_of(waiting) == ("editing", "draft", None)


def test_once_public_it_is_not_changed_as_if_it_were_waiting(waiting, people):
    for rows in (Dataset, Revision):
        rows.objects.update(visible_from=NOW - timedelta(minutes=1))
    with pytest.raises(NotOpen):
        saved(waiting, people["editor"], title_en="Other")
    with pytest.raises(IllegalMove):
        gates.unschedule(revision=waiting, actor=people["publisher"], now=NOW)


def test_once_public_it_is_withdrawn_with_a_tombstone_though_no_job_ran(waiting, people):
    for rows in (Dataset, Revision):
        rows.objects.update(visible_from=NOW - timedelta(minutes=1))
    publication.withdraw(dataset=waiting.dataset, actor=people["publisher"], now=timezone.now(), **REASONS)
    assert state_of(waiting)[:2] == ("released", "withdrawn")
    assert Client().get(waiting.dataset.get_absolute_url()).status_code == 410


@pytest.fixture
def change(people):
    """A signed change of a public record."""
    dataset = released_dataset(people)
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=NOW)
    return signed(saved(revision, people["editor"], title_en="Changed"), people)


def scheduled(revision, people):
    return gates.release(revision=revision, actor=people["publisher"], now=NOW, visible_from=LATER)


def test_a_change_is_seen_from_its_instant_on_though_no_job_ran(change, people):
    scheduled(change, people)
    address = change.dataset.get_absolute_url()
    assert "Changed" not in Client().get(address).content.decode()

    Revision.objects.filter(pk=change.pk).update(visible_from=NOW - timedelta(seconds=1))
    caching.forget_instants()

    assert "Changed" in Client().get(address).content.decode()
    assert state_of(change)[0] == RevisionState.RELEASED


def test_an_arrival_that_fails_shows_what_there_is(change, people, monkeypatch):
    def broken():
        raise RuntimeError

    scheduled(change, people)
    Revision.objects.filter(pk=change.pk).update(visible_from=NOW - timedelta(seconds=1))
    monkeypatch.setattr(caching, "_asked", [(ask, broken) for ask, _arrive in caching._asked])
    caching.forget_instants()

    assert Client().get(change.dataset.get_absolute_url()).status_code == 200


def test_a_withdrawn_record_keeps_its_tombstone_till_its_new_instant(change, people):
    publication.withdraw(dataset=change.dataset, actor=people["publisher"], now=timezone.now(), **REASONS)
    scheduled(change, people)
    page = Client().get(change.dataset.get_absolute_url())
    assert (page.status_code, "Wrong." in page.content.decode()) == (410, True)

    gates.release(revision=change, actor=None, now=LATER)
    assert state_of(change)[:2] == ("released", "published")


def test_who_wrote_what_nobody_signed_does_not_sign_it_in_another_revision(people):
    revision = begun(people)
    dataset, writer = revision.dataset, people["editor"]
    gates.discard(revision=revision, actor=writer, now=NOW)

    again = revisions.revise(dataset=dataset, actor=people["reviewer"], now=NOW)

    assert set(again.writers.all()) == {writer, people["reviewer"]}


def test_who_wrote_what_an_official_no_longer_approves_does_not_sign_it(people):
    dataset = released_dataset(people)
    publication.withdraw_approval(dataset=dataset, actor=people["imso"], now=NOW, **REASONS)
    again = revisions.revise(dataset=dataset, actor=people["reviewer"], now=NOW)
    assert people["editor"] in again.writers.all()


def test_who_wrote_what_was_signed_may_sign_a_change_of_others(people):
    again = revisions.revise(dataset=released_dataset(people), actor=people["reviewer"], now=NOW)
    assert set(again.writers.all()) == {people["reviewer"]}


def test_nobody_signs_on_behalf_of_a_writer(people):
    revision = reviewed(begun(people), people)
    said = gates.Communication(name="A", position="B", signed_on=NOW.date(), text="Yes.", on_behalf_of=people["editor"])
    with pytest.raises(OwnWork):
        gates.sign(revision=revision, content=revision.content_hash, communication=said, actor=people["imso"], now=NOW)


def test_a_lapse_says_what_was_changed_in_both_languages_and_tells_the_official(
    people, mailoutbox, django_capture_on_commit_callbacks
):
    revision = signed(begun(people), people)
    people["imso"].language = "fr"
    people["imso"].save()

    with django_capture_on_commit_callbacks(execute=True):
        saved(revision, people["editor"], title_en="Other", keywords_en=["ice"])

    lapsed = revision.sign_offs.get()
    assert lapsed.lapsed_because == f"{people['editor']} changed: title, keywords."
    assert lapsed.lapsed_because_fr == f"{people['editor']} a modifié\u00a0: titre, mots-clés."
    (mail,) = [each for each in mailoutbox if each.to == [people["imso"].email]]
    assert "Votre approbation" in mail.body
    assert lapsed.lapsed_because_fr in mail.body
