"""Follow a thing of any board, see what one follows, and be told of it once."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from accounts.enums import Pace
from accounts.models import Notification, User
from accounts.services.notifications import choose
from datasets.models import DatasetFollow, OrganizationFollow
from engagement.boards import board_of, boards
from engagement.moderation import kind_of
from engagement.services import comments, moderation
from engagement.services.follows import News, follow, followers, move_follows, tell, tell_followers, unfollow
from tests.factories import follows as factories
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.requests_app import DataRequestFactory
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MAKERS = {
    "datasets": factories.DatasetFollowFactory,
    "organizations": factories.OrganizationFollowFactory,
    "subjects": factories.SubjectFollowFactory,
    "requests": factories.RequestFollowFactory,
}


@pytest.fixture
def person():
    return UserFactory(language="fr")


def news(event="letter:1", **more):
    words = {"template": "accounts/mail/account_deleted", "link": lambda: reverse("engagement:follow-list"), "at": NOW}
    return News(event=event, context={}, **words, **more)


def sent(callbacks, run):
    mail.outbox.clear()
    with callbacks(execute=True):
        run()
    return sorted(message.to[0] for message in mail.outbox)


def test_each_board_has_follows():
    assert {board.key for board in boards("follows")} == set(MAKERS)


@pytest.mark.parametrize("key", MAKERS)
def test_one_follows_a_thing_and_follows_it_no_more(client, person, key):
    thing = MAKERS[key]().thing
    begin, end = (reverse(f"engagement:follow-{move}", args=[key, thing.pk]) for move in ("begin", "end"))
    mine = board_of(key).follows.objects.filter(person=person, thing=thing)
    client.force_login(person)
    assert begin in client.get(thing.get_absolute_url()).content.decode()

    for _again in range(2):
        assert client.post(begin)["Location"] == thing.get_absolute_url()
    assert mine.count() == 1
    assert end in client.get(thing.get_absolute_url()).content.decode()
    for _again in range(2):
        assert client.post(end)["Location"] == thing.get_absolute_url()
    assert not mine.exists()


@pytest.mark.parametrize("key", MAKERS)
def test_who_is_not_signed_in_is_led_there_and_back(client, key):
    thing = MAKERS[key]().thing
    page = client.get(thing.get_absolute_url())

    assert f"?next={thing.get_absolute_url()}" in page.content.decode()
    assert page["Cache-Control"].startswith("public")
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_htmx_gets_the_button_alone(client, person):
    dataset = DatasetFactory(published=True)
    client.force_login(person)

    page = client.post(reverse("engagement:follow-begin", args=["datasets", dataset.pk]), HTTP_HX_REQUEST="true")

    assert page.content.decode().strip().startswith("<div")
    assert 'role="status"' in page.content.decode()


@pytest.mark.parametrize(("key", "pk"), [("datasets", "x"), ("nothing", "1"), ("subjects", "999999"), ("datasets", None)])
def test_what_one_may_not_see_one_cannot_follow(client, person, key, pk):
    client.force_login(person)
    pk = pk or DatasetFactory(state="draft").pk

    assert client.post(reverse("engagement:follow-begin", args=[key, pk])).status_code == 404
    assert not DatasetFollow.objects.exists()


def test_the_page_lists_what_one_follows_also_what_is_hidden_now(client, person):
    shown, hidden = DatasetFactory(published=True, title_en="Tides"), DatasetFactory(state="draft", title_en="Hidden")
    for thing in (shown, hidden):
        factories.DatasetFollowFactory(person=person, thing=thing)
    factories.OrganizationFollowFactory(thing__title_en="Of somebody else")
    choose(person=person, choices={"follows.datasets": Pace.WEEKLY})
    client.force_login(person)

    page = client.get(reverse("engagement:follow-list")).content.decode()
    assert "Tides" in page
    assert "Hidden" not in page
    assert "Of somebody else" not in page
    assert "One mail a week" in page
    client.post(reverse("engagement:follow-end", args=["datasets", hidden.pk]), {"from": "list"})
    assert [row.thing for row in DatasetFollow.objects.filter(person=person)] == [shown]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?page=1", 200),
        ("?page=-1", 404),
        ("?page=2", 404),
        ("?board=zz", 404),
        ("?board=datasets&page=2", 404),
        ("?board=requests", 302),
    ],
)
def test_a_page_or_a_board_that_is_not_there_is_not_found(client, person, query, status):
    factories.DatasetFollowFactory(person=person)
    client.force_login(person)
    assert client.get(reverse("engagement:follow-list") + query).status_code == status


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_however_much_one_follows(client, person, count, django_assert_num_queries):
    for _number in range(count):
        factories.DatasetFollowFactory(person=person)
        factories.RequestFollowFactory(person=person)
    client.force_login(person)
    client.get(reverse("engagement:follow-list"))

    with django_assert_num_queries(18):
        assert client.get(reverse("engagement:follow-list")).context["total"] == 2 * count
    assert len(client.get(reverse("engagement:follow-list") + "?board=datasets").context["groups"][0].lines) == count


def test_one_person_follows_a_thing_once_by_constraint(person):
    row = factories.DatasetFollowFactory(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.DatasetFollowFactory(person=person, thing=row.thing)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_presses_at_once_from_many_windows_follows_once():
    person, thing = UserFactory(), DatasetFactory(published=True)

    at_once(*[lambda: follow(board=board_of("datasets"), thing=thing, person=person, now=NOW)] * 20)

    assert DatasetFollow.objects.count() == 1


def test_a_merge_moves_each_follower_once(person):
    board, source, target = board_of("requests"), DataRequestFactory(), DataRequestFactory()
    for thing in (source, target):
        factories.RequestFollowFactory(person=person, thing=thing)
    other = factories.RequestFollowFactory(thing=source).person

    assert [move_follows(board=board, source=source, target=target) for _again in range(2)] == [1, 0]

    assert set(board.follows.objects.values_list("person", "thing")) == {(person.pk, target.pk), (other.pk, target.pk)}


def test_followers_are_told_but_not_whose_deed_it_is(person, django_capture_on_commit_callbacks):
    board, thing = board_of("datasets"), DatasetFactory(published=True)
    people = [UserFactory(), person, UserFactory(), UserFactory(is_active=False)]
    for each in people:
        follow(board=board, thing=thing, person=each, now=NOW)
    unfollow(board=board, thing=thing, person=people[2])

    def run():
        tell_followers(board=board, thing=thing, news=news(), actor=people[0])

    assert sent(django_capture_on_commit_callbacks, run) == [person.email]
    assert "Votre compte est supprimé" in mail.outbox[0].subject
    assert sent(django_capture_on_commit_callbacks, run) == [], "the same event again"
    assert Notification.objects.get().person == person


def test_several_ways_to_a_person_make_one_mail_by_the_soonest(person, django_capture_on_commit_callbacks):
    dataset = DatasetFactory(published=True, owner_org=OrganizationFactory())
    factories.DatasetFollowFactory(person=person, thing=dataset)
    factories.OrganizationFollowFactory(person=person, thing=dataset.owner_org)
    audiences = [followers(board_of("datasets"), [dataset]), followers(board_of("organizations"), [dataset.owner_org])]
    choose(person=person, choices={"follows.datasets": Pace.OFF})

    assert sent(django_capture_on_commit_callbacks, lambda: tell(audiences, news())) == [person.email]
    assert Notification.objects.get().kind == "follows.organizations"
    choose(person=person, choices={"follows.organizations": Pace.OFF})
    assert sent(django_capture_on_commit_callbacks, lambda: tell(audiences, news("letter:2"))) == []
    assert Notification.objects.count() == 2, "in the site it stands all the same"


def test_one_click_in_a_mail_ends_its_kind(client, person, django_capture_on_commit_callbacks):
    board, follow_row = board_of("datasets"), factories.DatasetFollowFactory(person=person)
    sent(django_capture_on_commit_callbacks, lambda: tell_followers(board=board, thing=follow_row.thing, news=news()))
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("/fr/")[2]

    client.post(f"/fr/{address}", {"List-Unsubscribe": "One-Click"})

    again = lambda: tell_followers(board=board, thing=follow_row.thing, news=news("letter:2"))  # noqa: E731
    assert sent(django_capture_on_commit_callbacks, again) == []


@pytest.mark.parametrize("count", [1, 30])
def test_telling_costs_the_same_however_many_follow(count, django_assert_num_queries):
    dataset = DatasetFactory(published=True)
    for _number in range(count):
        factories.DatasetFollowFactory(thing=dataset)

    with django_assert_num_queries(6):
        assert tell([followers(board_of("datasets"), [dataset])], news()) == count


def test_what_one_follows_is_ones_own_data_and_goes_with_the_account(person):
    factories.DatasetFollowFactory(person=person, thing__title_en="Tides")
    factories.OrganizationFollowFactory(person=person, since=NOW - dt.timedelta(days=1))

    rows = personal_data.export(person)["engagement.follows"]
    assert [row["board"] for row in rows] == ["datasets", "organizations"]
    User.objects.get(pk=person.pk).delete()
    assert not DatasetFollow.objects.exists()
    assert not OrganizationFollow.objects.exists()


def test_an_approved_comment_is_told_to_followers_once_and_none_before(person, django_capture_on_commit_callbacks):
    board, thing = board_of("requests"), DataRequestFactory(title="River levels")
    author, moderator = UserFactory(), UserFactory()
    for each in (person, author):
        factories.RequestFollowFactory(thing=thing, person=each)
    said = {"board": board, "thing": thing, "author": author, "text": "Since 1960, please.", "language": "en"}
    written = []
    assert sent(django_capture_on_commit_callbacks, lambda: written.append(comments.write(**said, now=NOW))) == []

    def approve():
        moderation.approve(kind=kind_of(written[0].kind_key), pk=written[0].pk, moderator=moderator, now=NOW)

    assert person.email in sent(django_capture_on_commit_callbacks, approve)
    mails = [each for each in mail.outbox if each.to == [person.email]]
    assert ["River levels" in each.subject and "que vous suivez" in each.body for each in mails] == [True]
    assert author.email not in [each.to[0] for each in mail.outbox if "follows" in each.body]
    assert sent(django_capture_on_commit_callbacks, approve) == []
