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
from accounts.models import Notification, NotificationPreference, User
from accounts.services import notifications
from accounts.tasks import forget_notifications, send_daily_digests, send_weekly_digests
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
    notifications.notify(people=people, **words | {"kind": KIND.key} | changes)


def choose(person, pace):
    notifications.choose(person=person, choices={KIND.key: pace})


def waiting():
    return dict(Notification.objects.exclude(digest="").values_list("person", "digest"))


def sent():
    return [message.to[0] for message in mail.outbox]


def test_each_is_told_at_their_own_pace(people, django_capture_on_commit_callbacks, django_assert_num_queries):
    for person, pace in zip(people[1:], (Pace.DAILY, Pace.WEEKLY, Pace.OFF), strict=True):
        choose(person, pace)

    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(2):
        tell(people)

    assert sent() == [people[0].email]
    assert waiting() == {people[1].pk: "daily", people[2].pk: "weekly"}
    assert set(Notification.objects.values_list("person", flat=True)) == {person.pk for person in people}, (
        "all read it in the site"
    )
    with django_capture_on_commit_callbacks(execute=True):
        send_daily_digests()
        send_daily_digests()
    assert sent() == [people[0].email, people[1].email]
    assert waiting() == {people[2].pk: "weekly"}
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
    assert waiting() == {people[0].pk: "daily"}


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
    assert Notification.objects.get().digest == "weekly"
    choose(people[0], Pace.AT_ONCE)
    assert Notification.objects.get().digest == "weekly", "it goes with the digest that it waits for"
    choose(people[0], Pace.OFF)
    assert not waiting()
    assert Notification.objects.exists(), "it stays in the site"
    assert NotificationPreference.objects.get().pace == "off"


def test_the_database_knows_the_paces(people):
    for model, pace in ((NotificationPreference, {"pace": "hourly"}), (Notification, {"digest": "at_once"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(person=people[0], kind=KIND.key, **pace)


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

    ended = dict(NotificationPreference.objects.values_list("kind", "pace"))
    assert set(ended.values()) == {"off"}
    assert {KIND.key} <= set(ended) <= {kind.key for kind in kinds.kinds()} - {"datasets.turns"}


def test_choices_and_what_waits_are_ones_own_data(people):
    choose(people[0], Pace.DAILY)
    tell(people[:1])

    rows = personal_data.export(people[0])["accounts.notifications"]

    assert [row.get("pace") or row.get("digest") for row in rows] == ["daily", "daily"]
    people[0].delete()
    assert not Notification.objects.exists()


def test_nobody_is_told_of_one_event_twice(people, django_capture_on_commit_callbacks, django_assert_num_queries):
    choose(people[1], Pace.DAILY)
    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(3):
        tell(people[:3], event="letter:1")
    with django_capture_on_commit_callbacks(execute=True):
        tell(people, event="letter:1")

    assert sent() == [people[0].email, people[2].email, people[3].email]
    assert Notification.objects.count() == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(person=people[0], kind=KIND.key, event="letter:1")


def test_they_are_read_on_a_page_and_marked(client, people):
    tell(people[1:2])
    tell(people[1:2], now=NOW + dt.timedelta(hours=1), link=lambda: "/later/")
    tell(people[2:3])
    client.force_login(people[1])
    url = reverse("accounts:notification-list")

    page = client.get(url)
    assert page.context["page"][0].address.endswith("/later/"), "newest first"
    assert page.context["unread"] == 2
    assert ">2</span>" in page.content.decode()
    others = Notification.objects.get(person=people[2])
    client.post(reverse("accounts:notification-read", args=[others.pk]))
    client.post(reverse("accounts:notification-read", args=[page.context["page"][0].pk]))
    assert client.get(url).context["unread"] == 1
    assert not Notification.objects.get(pk=others.pk).read_at, "another's is not mine to mark"
    client.post(reverse("accounts:notification-read-all"))
    assert client.get(url).context["unread"] == 0


def test_one_kind_of_them_is_read_alone(client, people):
    kinds.register(kinds.Kind("tests.cards", "Cards"))
    tell(people[1:2])
    tell(people[1:2], kind="tests.cards")
    client.force_login(people[1])
    url = reverse("accounts:notification-list") + "?kind=tests.cards"

    page = client.get(url)
    assert [row.kind for row in page.context["page"]] == ["tests.cards"]
    client.post(reverse("accounts:notification-read-all"), {"kind": "tests.cards"})
    assert [row.kind for row in Notification.objects.unread()] == [KIND.key]


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_however_many(client, people, count, django_assert_num_queries):
    for number in range(count):
        tell(people[1:2], now=NOW + dt.timedelta(minutes=number))
    client.force_login(people[1])
    client.get(reverse("accounts:notification-list"))

    with django_assert_num_queries(9):
        assert len(client.get(reverse("accounts:notification-list")).context["page"]) == count


def test_they_are_forgotten_after_half_a_year(people):
    tell(people[:1], now=NOW - dt.timedelta(days=181))
    tell(people[1:2], now=NOW - dt.timedelta(days=179))

    forget_notifications()
    forget_notifications()

    assert Notification.objects.get().person == people[1]
