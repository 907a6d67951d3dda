"""Mails about datasets that are late: to whom, in which language, and how often."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from accounts import personal_data
from accounts.enums import OrganizationRole
from datasets import tasks
from datasets.enums import Vocabulary
from datasets.models import Dataset, Reminder
from datasets.selectors import terms
from datasets.services import reminders
from tests.factories.accounts import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.gates import people_of, released_dataset

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def department():
    return OrganizationFactory()


@pytest.fixture
def editor(department):
    return MembershipFactory(organization=department, role=OrganizationRole.EDITOR).user


@pytest.fixture
def remind(django_capture_on_commit_callbacks):
    def run(days=0):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            count = reminders.remind(now=NOW + dt.timedelta(days=days))
        assert count == len(mail.outbox)
        return {message.to[0]: message for message in mail.outbox}

    return run


def late(department, *, days=100, **columns):
    """A public dataset that is owed every month, last updated so many days ago."""
    day = (NOW - dt.timedelta(days=days)).date()
    return DatasetFactory(published=True, owner_org=department, date_modified=day, **columns)


def test_one_mail_names_all_that_is_late_the_longest_first(department, editor, remind):
    shorter, longer = late(department, days=90), late(department, days=400)
    fresh = late(department, days=20, title_en="Fresh")

    body = remind()[editor.email].body

    assert mail.outbox[0].subject == "2 datasets are due for an update"
    assert body.index(longer.title_en) < body.index(shorter.title_en)
    assert fresh.title_en not in body
    assert f"http://127.0.0.1:8000{longer.get_absolute_url()}" in body
    assert reverse("datasets:freshness-list") in body


def test_what_is_not_public_reminds_nobody(department, editor, remind):
    day = (NOW - dt.timedelta(days=400)).date()
    DatasetFactory(owner_org=department, date_modified=day)
    DatasetFactory(owner_org=department, date_modified=day, withdrawn=True)
    DatasetFactory(owner_org=department, date_modified=day, published=True, visible_from=NOW + dt.timedelta(days=1))

    assert remind() == {}


def test_the_contact_is_told_where_it_has_an_account_and_then_the_editors_are_not(department, editor, remind):
    contact = UserFactory(email="marie@example.org", language="fr")
    dataset = late(department, maintainer_email=" Marie@Example.org")

    sent = remind()

    assert set(sent) == {"marie@example.org"}
    assert sent["marie@example.org"].subject == "1 jeu de données est à mettre à jour"
    assert dataset.title_fr in sent["marie@example.org"].body
    with translation.override("fr"):
        assert dataset.get_absolute_url() in sent["marie@example.org"].body
        assert reverse("datasets:freshness-list") not in sent["marie@example.org"].body  # they belong to no department
    assert Reminder.objects.get().person == contact


@pytest.mark.parametrize("email", ["someone@example.com", ""])
def test_else_all_editors_of_the_department_are_told_and_no_other_role(department, editor, email, remind):
    other = MembershipFactory(organization=department, role=OrganizationRole.EDITOR).user
    MembershipFactory(organization=department, role=OrganizationRole.REVIEWER)
    MembershipFactory(organization=department, role=OrganizationRole.EDITOR, user__is_active=False)
    MembershipFactory(role=OrganizationRole.EDITOR)
    late(department, maintainer_email=email)

    assert set(remind()) == {editor.email, other.email}


def test_an_address_without_account_is_told_in_both_languages(remind):
    dataset = _released("contact@example.com")

    body = remind()["contact@example.com"].body

    assert mail.outbox[0].subject == "1 dataset is due for an update / 1 jeu de données est à mettre à jour"
    assert dataset.title_en in body
    assert dataset.title_fr in body
    assert "Le français suit l'anglais." in body


@pytest.mark.parametrize("email", ["not an address", ""])
def test_what_is_no_address_gets_no_mail(email, remind):
    _released(email)

    assert remind() == {}


def test_the_contact_in_another_catalogue_gets_no_mail_from_here(department, remind):
    late(department, maintainer_email="contact@example.com")

    assert remind() == {}


def _released(email):
    """A late record of this portal, whose department has no editor any more."""
    people = people_of(OrganizationFactory())
    dataset = released_dataset(people, maintainer_email=email)
    Dataset.objects.filter(pk=dataset.pk).update(date_modified="2020-01-01")
    people["editor"].memberships.all().delete()
    return dataset


def test_a_second_run_sends_nothing(department, editor, remind):
    late(department)

    assert len(remind()) == 1
    assert remind() == {}
    assert remind(days=29) == {}


def test_the_same_delay_is_told_again_after_thirty_days_and_noted_once(department, editor, remind):
    late(department)
    remind()

    assert set(remind(days=30)) == {editor.email}
    assert Reminder.objects.get().sent_at == NOW + dt.timedelta(days=30)


def test_a_dataset_that_was_updated_and_is_late_anew_is_told_at_once(department, editor, remind):
    dataset = late(department)
    remind()
    Dataset.objects.filter(pk=dataset.pk).update(date_modified=(NOW - dt.timedelta(days=60)).date())

    assert set(remind()) == {editor.email}


def test_what_is_late_since_yesterday_is_told_without_the_rest(department, editor, remind):
    old = late(department)
    remind()
    new = late(department, title_en="New delay")

    body = remind()[editor.email].body

    assert new.title_en in body
    assert old.title_en not in body


def test_a_new_editor_is_told_of_what_others_know(department, editor, remind):
    late(department)
    remind()
    newcomer = MembershipFactory(organization=department, role=OrganizationRole.EDITOR).user

    assert set(remind()) == {newcomer.email}


def test_a_long_list_is_shortened_and_all_of_it_noted(department, editor, remind, monkeypatch):
    monkeypatch.setattr(reminders, "MOST_LISTED", 2)
    monkeypatch.setattr(reminders, "BATCH", 2)
    for _ in range(5):
        late(department)

    body = remind()[editor.email].body

    assert body.count("An update was due on") == 2
    assert "And 3 more." in body
    assert Reminder.objects.count() == 5
    assert remind() == {}


def test_nobody_is_noted_as_told_whose_mail_was_not_written(department, editor, remind, monkeypatch):
    late(department)

    def broken(**_mail):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail_to", broken)
        with pytest.raises(RuntimeError):
            remind()

    assert not Reminder.objects.exists()
    assert len(remind()) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_search_for_what_is_owed_asks_the_same_queries_however_much_is_late(
    department, editor, count, django_assert_num_queries
):
    for _ in range(count):
        late(department)
    terms.choices(Vocabulary.FREQUENCY)

    with django_assert_num_queries(4):
        assert len(reminders._owed(NOW)) == 1


def test_the_command_and_the_daily_job_do_it(department, editor, capsys):
    late(department)

    call_command("remind_late")
    tasks.remind_late()

    assert capsys.readouterr().out == "Mails sent: 1.\n"
    assert Reminder.objects.count() == 1


def test_what_one_was_told_is_ones_own_to_take_away(department, editor, remind):
    dataset = late(department)
    _released("contact@example.com")
    remind()
    contact = UserFactory(email="Contact@example.com")
    assert [row["dataset__name"] for row in personal_data.export(editor)["datasets.reminders"]] == [dataset.name]
    assert len(personal_data.export(contact)["datasets.reminders"]) == 1

    personal_data.erase(contact)

    assert [row.person for row in Reminder.objects.all()] == [editor]
