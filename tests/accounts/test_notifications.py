"""How often the portal writes to a person: at once, in a digest, or not at all."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import notifications as kinds
from accounts import personal_data
from accounts.enums import Pace
from accounts.models import Notice, NotificationPreference, User
from accounts.services import notifications
from accounts.tasks import send_daily_digests, send_weekly_digests
from tests.factories.accounts import UserFactory
from tests.parallel import at_once

NOW = timezone.now()
KIND = kinds.Kind("tests.letters", "Letters")


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(KIND)


@pytest.fixture
def people(db):
    return [UserFactory(language="fr"), UserFactory(), UserFactory(), UserFactory()]


def tell(people, **changes):
    words = {"template": "accounts/mail/account_deleted", "link": lambda: reverse("accounts:profile-edit"), "now": NOW}
    notifications.notify(people=people, kind=KIND.key, **words | changes)


def choose(person, pace):
    notifications.choose(person=person, choices={KIND.key: pace})


def sent():
    return [message.to[0] for message in mail.outbox]


def test_each_is_told_at_their_own_pace(people, django_capture_on_commit_callbacks, django_assert_num_queries):
    for person, pace in zip(people[1:], (Pace.DAILY, Pace.WEEKLY, Pace.OFF), strict=True):
        choose(person, pace)

    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(2):
        tell(people)

    assert sent() == [people[0].email]
    assert list(Notice.objects.values_list("person", "pace")) == [(people[1].pk, "daily"), (people[2].pk, "weekly")]
    with django_capture_on_commit_callbacks(execute=True):
        send_daily_digests()
        send_daily_digests()
    assert sent() == [people[0].email, people[1].email]
    assert list(Notice.objects.values_list("person", flat=True)) == [people[2].pk]
    with django_capture_on_commit_callbacks(execute=True):
        send_weekly_digests()
    assert sent()[2:] == [people[2].email]


def test_a_digest_is_one_mail_in_the_readers_language(people, django_capture_on_commit_callbacks):
    choose(people[0], Pace.DAILY)
    tell(people[:1])
    tell(people[:1], now=NOW + dt.timedelta(hours=1), link=lambda: "/later/")

    with django_capture_on_commit_callbacks(execute=True):
        send_daily_digests()

    (message,) = mail.outbox
    assert "2 avis pour vous" in message.subject
    assert message.body.index("/fr/compte/profil/") < message.body.index("/later/")
    assert "Votre compte est supprimé" in message.body
    assert "/fr/compte/avis/" in message.body


def test_what_is_not_mailed_waits_on(people, django_capture_on_commit_callbacks):
    choose(people[0], Pace.DAILY)
    tell(people[:1])

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        notifications.send_digest(person=people[0], pace=Pace.DAILY)
        transaction.set_rollback(True)

    assert mail.outbox == []
    assert Notice.objects.count() == 1


def test_nobody_who_left_is_written_to(people, django_capture_on_commit_callbacks):
    choose(people[0], Pace.DAILY)
    tell(people[:1])
    User.objects.filter(pk=people[0].pk).update(is_active=False)

    with django_capture_on_commit_callbacks(execute=True):
        send_daily_digests()

    assert mail.outbox == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_send_one_digest():
    person = UserFactory()
    choose(person, Pace.DAILY)
    tell([person])
    found = at_once(*[lambda: notifications.send_digest(person=person, pace=Pace.DAILY)] * 2)

    assert sorted(found) == [0, 1]
    assert len(mail.outbox) == 1


def test_another_choice_takes_along_what_waits(people):
    choose(people[0], Pace.DAILY)
    tell(people[:1])

    choose(people[0], Pace.WEEKLY)
    assert Notice.objects.get().pace == "weekly"
    choose(people[0], Pace.AT_ONCE)
    assert Notice.objects.get().pace == "weekly", "it goes with the digest that it waits for"
    choose(people[0], Pace.OFF)
    assert not Notice.objects.exists()
    assert NotificationPreference.objects.get().pace == "off"


def test_the_database_knows_the_paces(people):
    for model, pace in ((NotificationPreference, "hourly"), (Notice, "at_once")):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(person=people[0], kind=KIND.key, pace=pace)


def test_one_chooses_on_ones_account(client, people):
    client.force_login(people[1])
    url = reverse("accounts:notification-edit")
    page = client.get(url)
    assert page.context["form"]["datasets.turns"].initial == "at_once"
    choices = {kind.key: "daily" for kind in kinds.kinds()}

    assert client.post(url, choices | {"datasets.turns": "weekly"}).status_code == 422, "turns do not wait for a week"
    client.post(url, choices)

    assert set(people[1].notification_preferences.values_list("kind", "pace")) == {(key, "daily") for key in choices}
    assert client.get(url).context["form"]["datasets.turns"].initial == "daily"


def test_a_mail_offers_its_end_in_one_step(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(people[:1])
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].strip("<>").partition("://")[2].partition("/")[2]
    client = Client(enforce_csrf_checks=True)

    assert client.get(f"/{path}").status_code == 200
    assert not NotificationPreference.objects.exists(), "reading changes nothing"
    assert client.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert NotificationPreference.objects.values_list("person", "kind", "pace").get() == (people[0].pk, KIND.key, "off")
    assert client.post(f"/{path}x").status_code == 404


def test_the_end_of_a_digest_ends_all_that_came_in_it(people):
    choose(people[0], Pace.WEEKLY)

    notifications.stop(person=people[0], kind=notifications.ALL)

    assert list(NotificationPreference.objects.values_list("kind", "pace")) == [(KIND.key, "off")]


def test_choices_and_what_waits_are_ones_own_data(people):
    choose(people[0], Pace.DAILY)
    tell(people[:1])

    rows = personal_data.export(people[0])["accounts.notifications"]

    assert [row["pace"] for row in rows] == ["daily", "daily"]
    people[0].delete()
    assert not Notice.objects.exists()
