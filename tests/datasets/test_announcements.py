"""What followers of datasets, organizations and subjects hear: each event once, each person once, and not before its instant."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.enums import Pace
from accounts.models import Notification
from accounts.services.notifications import choose
from datasets.enums import PublicEvent
from datasets.incoming import Related
from datasets.models import Announcement, Dataset, Term
from datasets.selectors.working_copies import working_copy
from datasets.services import gates, publication, revisions
from datasets.services.announcements import announce, announce_import, tell_waiting
from datasets.tasks import release_scheduled, tell_followers
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.follows import DatasetFollowFactory, OrganizationFollowFactory, SubjectFollowFactory
from tests.factories.gates import begun, people_of, released, signed
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
REASON = {"reason_en": "Wrong units.", "reason_fr": "Mauvaises unités."}


@pytest.fixture
def people():
    return people_of(OrganizationFactory(title_en="Rivers Agency", title_fr="Agence des rivières"))


@pytest.fixture
def department(people):
    return people["editor"].memberships.get().organization


@pytest.fixture
def readers(department):
    """Who follow the organization, the subject, and both, the last in French."""
    found = {"organization": UserFactory(), "subject": UserFactory(), "both": UserFactory(language="fr")}
    subject = Term.objects.get(vocabulary="subject", code="economics_and_industry")
    for name in ("organization", "both"):
        OrganizationFollowFactory(person=found[name], thing=department)
    for name in ("subject", "both"):
        SubjectFollowFactory(person=found[name], thing=subject)
    return found


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do something, run the job twice, and see who was told: the mails by the address, of which each has one at most."""

    def run(act, *args, **options):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **options)
        for _again in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                tell_followers()
        mails = [each for each in mail.outbox if "/follows/" in each.body or "/suivis/" in each.body]
        found = {each.to[0]: each for each in mails}
        assert len(found) == len(mails), "a person has two mails"
        assert not Announcement.objects.filter(dataset__in=Dataset.objects.published()).exists(), "what is public is told"
        return found

    return run


def a_record(people, **columns):
    return begun(people, title_en="River levels", title_fr="Niveaux des rivières", **columns)


def a_change(dataset, people, relationships=None, **columns):
    """A signed change of a public record."""
    revision = revisions.revise(dataset=dataset, actor=people["editor"], now=timezone.now())
    copy = working_copy(revision)
    for name, value in columns.items():
        setattr(copy.dataset, name, value)
    edit = revisions.Edit(dataset=copy.dataset, relationships=relationships)
    revision = revisions.save(revision=revision, number=revision.number, edit=edit, actor=people["editor"], now=timezone.now())
    return signed(revision, people)


def release(revision, people, **options):
    return gates.release(revision=revision, actor=people["publisher"], now=timezone.now(), **options)


def withdraw(dataset, people, **options):
    return publication.withdraw(dataset=dataset, actor=people["publisher"], now=timezone.now(), **REASON, **options)


def test_a_new_dataset_is_told_once_to_each_in_their_language(people, readers, told):
    revision = signed(a_record(people), people)

    found = told(release, revision, people)

    assert set(found) == {person.email for person in readers.values()}
    assert "New dataset: River levels" in found[readers["subject"].email].subject
    assert "Rivers Agency" in found[readers["subject"].email].body
    french = found[readers["both"].email]
    assert "Nouveau jeu de données" in french.subject
    assert "Niveaux des rivières" in french.subject
    assert "Agence des rivières" in french.body
    assert "/fr/jeux-de-donnees/" in french.body
    assert Notification.objects.filter(kind__startswith="follows.").count() == 3


def test_a_change_is_told_to_followers_of_the_dataset_with_what_is_new(people, readers, told):
    dataset = released(a_record(people), people).dataset
    Announcement.objects.all().delete()
    followers = [DatasetFollowFactory(thing=dataset, person=each).person for each in (readers["both"], UserFactory())]
    DatasetFollowFactory(thing=dataset, person=people["editor"])
    DatasetFollowFactory(thing=dataset, person=people["publisher"])
    revision = a_change(dataset, people, notes_en="By the hour.", notes_fr="À chaque heure.")

    found = told(release, revision, people)

    assert set(found) == {person.email for person in followers}, "not who wrote it or released it, nor who follows wider things"
    assert "New version: River levels" in found[followers[1].email].subject
    assert "Changed: description" in found[followers[1].email].body
    assert "Modifié\u00a0: description" in found[followers[0].email].body


def test_the_end_of_a_dataset_is_told_with_its_reason_and_successor(people, readers, told):
    dataset, heir = (released(a_record(people, name=name), people).dataset for name in ("levels", "levels-2"))
    Announcement.objects.all().delete()
    follower = DatasetFollowFactory(thing=dataset).person

    found = told(withdraw, dataset, people, successor=heir)

    assert set(found) == {follower.email, readers["organization"].email, readers["both"].email}
    assert "Wrong units." in found[follower.email].body
    assert "In its place stands “River levels”." in found[follower.email].body
    assert "Mauvaises unités." in found[readers["both"].email].body
    dataset.refresh_from_db()
    found = told(lambda: publication.restore(dataset=dataset, actor=people["publisher"], now=timezone.now()))
    assert set(found) == {follower.email}
    assert "Public again" in found[follower.email].subject


def test_a_successor_is_told_to_followers_of_what_it_supersedes_once(people, told):
    old, new = (released(a_record(people, name=name), people).dataset for name in ("levels", "levels-2"))
    Announcement.objects.all().delete()
    follower = DatasetFollowFactory(thing=old).person
    first = a_change(new, people, relationships=[Related("supersedes", "dataset", target=old.pk)])

    found = told(release, first, people)
    assert set(found) == {follower.email}
    assert "has a successor: “River levels”" in found[follower.email].body
    again = a_change(Dataset.objects.get(pk=new.pk), people, notes_en="More.")
    assert told(release, again, people) == {}


def test_nothing_of_a_scheduled_release_is_told_before_its_instant(people, readers, told):
    instant = timezone.now() + dt.timedelta(days=2)
    revision = signed(a_record(people), people)
    assert told(release, revision, people, visible_from=instant) == {}
    assert not Announcement.objects.exists()

    with time_machine.travel(instant - dt.timedelta(seconds=1), tick=False):
        assert told(release_scheduled) == {}
    with time_machine.travel(instant, tick=False):
        assert set(told(release_scheduled)) == {person.email for person in readers.values()}
        assert told(release_scheduled) == {}


def test_a_scheduled_change_is_told_at_its_instant(people, told):
    dataset = released(a_record(people), people).dataset
    follower = DatasetFollowFactory(thing=dataset).person
    Announcement.objects.all().delete()
    instant = timezone.now() + dt.timedelta(days=2)
    assert told(release, a_change(dataset, people, notes_en="More."), people, visible_from=instant) == {}

    with time_machine.travel(instant, tick=False):
        assert set(told(release_scheduled)) == {follower.email}


def test_a_release_that_is_taken_back_is_told_to_nobody(people, readers, told):
    instant = timezone.now() + dt.timedelta(days=2)
    revision = release(signed(a_record(people), people), people, visible_from=instant)
    gates.unschedule(revision=revision, actor=people["publisher"], now=timezone.now())

    with time_machine.travel(instant, tick=False):
        assert told(release_scheduled) == {}


def test_what_was_withdrawn_before_the_job_ran_is_told_as_withdrawn_alone(people, readers, told):
    def both():
        withdraw(release(signed(a_record(people), people), people).dataset, people)

    assert {each.subject for each in told(both).values()} == {"Withdrawn: River levels", "Retiré : Niveaux des rivières"}


def test_an_import_tells_only_where_somebody_follows(readers, department, told):
    known = DatasetFactory(published=True, owner_org=department)
    follower = DatasetFollowFactory(thing=known).person
    row = {"state": "published", "owner_org_id": department.pk, "subject": [], "version": 2}
    alone = DatasetFactory(published=True)
    rows = {known.pk: row, alone.pk: row | {"owner_org_id": alone.owner_org_id}}

    assert set(told(announce_import, rows, known=rows.keys(), now=timezone.now())) == {follower.email}
    found = told(announce_import, rows, known=(), now=timezone.now())
    assert set(found) == {follower.email, *(person.email for person in readers.values())}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_tell_once(people):
    dataset = DatasetFactory(published=True)
    for _number in range(5):
        DatasetFollowFactory(thing=dataset)
    announce(dataset=dataset, event=PublicEvent.CHANGED, actor=None, now=timezone.now())

    at_once(*[tell_waiting] * 4)

    assert len(mail.outbox) == 5
    assert Notification.objects.count() == 5


def test_who_wants_one_mail_a_day_waits_for_it(people, readers, told):
    choose(person=readers["subject"], choices={"follows.subjects": Pace.DAILY})

    found = told(release, signed(a_record(people), people), people)

    assert readers["subject"].email not in found
    assert Notification.objects.get(person=readers["subject"]).digest == "daily"
