"""Two people at the gates at once: one wins, the other is told, nothing is lost and nothing unsigned is public."""

import pytest
from django.utils import timezone

from accounts.models import Activity
from datasets.errors import ChangedMeanwhile, IllegalMove, NotOpen
from datasets.models import Dataset, Revision, SignOff, Term
from datasets.selectors import terms
from datasets.selectors.working_copies import working_copy
from datasets.services import gates, revisions
from datasets.services.vocabularies import load_vocabularies
from tests.factories.accounts import AppointmentFactory, OrganizationFactory
from tests.factories.gates import begun, people_of, released, reviewed, signed
from tests.parallel import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    load_vocabularies(term_model=Term)  # a test with real commits before this one has emptied them
    terms.forget()
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
