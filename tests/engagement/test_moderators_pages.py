"""The moderators' dashboard, the votes that are set aside, invalidations, and the public page of seals."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from engagement.boards import board_of
from engagement.models import ChainSeal, Invalidation, Proof
from engagement.services import checks, invalidations, vote_log, votes
from engagement.services.hints import Trace
from engagement.services.invalidations import Conditions
from requests_app.models import DataRequest, RequestVote
from tests.factories.accounts import AppointmentFactory, UserFactory
from tests.factories.engagement import InvalidationFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ADDRESS = "192.0.2.9"


@pytest.fixture
def moderator(client):
    user = AppointmentFactory(role="moderator").user
    client.force_login(user)
    return user


@pytest.fixture
def thing():
    return DataRequestFactory(title="Rivers")


def cast(thing, email, address=ADDRESS):
    trace = Trace(address=address, browser=email)
    return votes.cast(board=board_of("requests"), thing=thing, voter=UserFactory(email=email), now=NOW, trace=trace)


@pytest.fixture
def aside(thing):
    """Twelve votes of one hand, set aside, and one that counts."""
    for number in range(12):
        cast(thing, f"{'abcdefghijkl'[number]}@example.info")
    cast(thing, "ada@example.org", "203.0.113.5")
    checks.check_votes(now=NOW)
    vote_log.extend_chain()


def group(thing):
    return reverse("engagement:check-detail", args=["requests", thing.pk, "burst"])


def test_the_dashboard_says_what_waits(client, moderator, aside):
    DataRequestFactory(moderation="pending", created_at=NOW - timedelta(days=3))
    InvalidationFactory(reason="One hand of many.")
    InvalidationFactory(undone_at=NOW)
    vote_log.seal(now=NOW)
    call_command("recount", stdout=io.StringIO())

    page = client.get(reverse("engagement:moderation-dashboard"))

    kinds = {each.kind.key: (each.number, each.oldest) for each in page.context["tallies"]}
    assert kinds["requests"] == (1, NOW - timedelta(days=3))
    assert page.context["flags"] == [("burst", 12)]
    assert [row.reason for row in page.context["proposals"]] == ["One hand of many."]
    log = page.context["log"]
    assert (log.lines, log.waiting, log.seal, log.proof.faults, log.is_seal_late) == (25, 0, ChainSeal.objects.get(), [], False)


@pytest.mark.parametrize("name", ["moderation-dashboard", "moderation-queue", "check-list", "invalidation-list", "trail-list"])
def test_the_pages_of_moderators_lead_to_each_other(client, moderator, name):
    page = client.get(reverse(f"engagement:{name}")).content.decode().split("<main")[1]
    assert f'<a class="tag" href="{reverse(f"engagement:{name}")}" aria-current="page">' in page
    assert page.count('<a class="tag"') == 5


def test_the_votes_that_are_set_aside_are_shown_by_marks_and_without_addresses(client, moderator, thing, aside):
    page = client.get(reverse("engagement:check-list"))
    assert [(each.thing, each.flag, each.number) for each in page.context["page"].object_list] == [(thing, "burst", 12)]

    page = client.get(group(thing))
    assert page.context["common"].number == 12
    [(network, number)] = page.context["common"].networks.items()
    assert number == 12
    assert network in page.text
    assert ADDRESS not in page.text
    assert "@example.info" not in page.text


@pytest.mark.parametrize(("posted", "left"), [("some", 10), ("all", 0), ("none", 12)])
def test_those_that_are_ticked_count_or_all(client, moderator, thing, aside, posted, left):
    ballots = [str(vote.ballot) for vote in RequestVote.objects.filter(is_provisional=True)[:2]]
    client.post(group(thing), {"do": posted, "vote": [] if posted == "none" else ballots})
    assert RequestVote.objects.filter(is_provisional=True).count() == left


def test_a_vote_that_counts_is_not_of_any_group(client, moderator, thing, aside):
    good = RequestVote.objects.get(is_provisional=False)
    client.post(group(thing), {"do": "some", "vote": [str(good.ballot)]})
    assert RequestVote.objects.filter(is_provisional=True).count() == 12


@pytest.mark.parametrize("count", [1, 3])
def test_the_groups_ask_the_same_queries_however_many(client, moderator, django_assert_num_queries, count):
    for thing in DataRequestFactory.create_batch(count):
        cast(thing, f"a{thing.pk}@mailinator.com")
    client.get(reverse("engagement:check-list"))
    with django_assert_num_queries(7):
        page = client.get(reverse("engagement:check-list"))
    assert len(page.context["page"].object_list) == count


def propose(client, **said):
    data = {"board": "requests", "reason": "One hand.", "do": "propose"} | said
    return client.post(reverse("engagement:invalidation-create"), data)


def test_an_invalidation_is_previewed_proposed_approved_by_another_and_taken_back(client, moderator, thing, aside):
    checks.confirm(board=board_of("requests"), votes=RequestVote.objects.all(), moderator=moderator, now=NOW)
    vote_log.extend_chain()

    page = propose(client, network=ADDRESS, do="preview")
    assert page.status_code == 200
    assert (page.context["effect"].number, page.context["effect"].counted) == (12, 12)
    assert page.context["effect"].tallies == [(thing, 13, 1)]
    assert not Invalidation.objects.exists()

    detail = propose(client, network=ADDRESS)["Location"]
    row = Invalidation.objects.get()
    assert ADDRESS not in str(row.conditions)
    client.post(detail, {"do": "approve"})
    assert Invalidation.objects.get().approved_at is None

    client.force_login(AppointmentFactory(role="moderator").user)
    assert client.get(detail).context["effect"].number == 12
    client.post(detail, {"do": "approve"})
    vote_log.extend_chain()
    assert DataRequest.objects.get().votes_counted == 1

    client.post(detail, {"do": "undo"})
    vote_log.extend_chain()
    assert DataRequest.objects.get().votes_counted == 13
    assert client.get(detail).status_code == client.get(reverse("engagement:invalidation-list")).status_code == 200


def test_a_proposal_that_is_taken_back_cannot_be_approved(client, moderator, thing, aside):
    detail = propose(client, domain="example.info")["Location"]
    client.post(detail, {"do": "undo"})
    client.force_login(AppointmentFactory(role="moderator").user)
    client.post(detail, {"do": "approve"})
    assert not RequestVote.objects.exclude(invalidation=None).exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, None),
        ({"is_new_account": "on"}, None),
        ({"since": "2026-01-01T10:00"}, None),
        ({"network": "nowhere"}, "network"),
        ({"browser": "Firefox"}, "browser"),
        ({"shape": "ada@example.org"}, "shape"),
        ({"domain": "example.info", "reason": " "}, "reason"),
        ({"domain": "example.info", "thing": "0"}, "thing"),
        ({"domain": "example.info", "thing": "x"}, "thing"),
        ({"since": "2026-01-02T10:00", "until": "2026-01-01T10:00"}, "until"),
    ],
)
def test_conditions_that_mark_no_hand_are_refused(client, moderator, said, field):
    page = propose(client, **said)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field or "__all__"]
    assert not Invalidation.objects.exists()


def test_marks_narrow_as_the_addresses_do(thing, aside):
    for number in range(3):
        cast(thing, f"voter{number}@example.net", "198.51.100.1")
    board = board_of("requests")

    def number(**said):
        return invalidations.matching(board, Conditions(**said)).count()

    mark = invalidations.marked(board, Conditions(network=ADDRESS)).network
    assert number(network=ADDRESS) == number(network=mark) == number(network=mark[:10]) == 12
    assert number(network="192.0.2.10") == 0
    assert number(shape="Voter99@example.net") == 3
    assert number(browser=invalidations.marked(board, Conditions(browser="Firefox")).browser) == 0
    assert number(browser=invalidations.marked(board, Conditions(browser="ada@example.org")).browser) == 1
    assert number(domain="example.net", is_new_account=True) == 3
    assert number(flag="burst", thing=str(thing.pk)) == 12


def test_the_seals_are_public_as_a_page_csv_and_json(client, aside):
    for hours in (2, 1, 0):
        vote_log.seal(now=NOW - timedelta(hours=hours))
    seals = list(ChainSeal.objects.order_by("at"))

    page = client.get(reverse("engagement:seal-list"))
    table = list(csv.DictReader(io.StringIO(client.get(reverse("vote-seals-csv")).text)))
    tree = client.get(reverse("vote-seals-json")).json()

    assert "public" in page["Cache-Control"]
    assert all(seal.seal in page.text for seal in seals)
    assert table == tree["seals"] == [{"at": seal.at.isoformat(), "seal": seal.seal} for seal in seals]


def test_a_kept_list_finds_seals_that_were_rewritten(client, aside, tmp_path):
    vote_log.seal(now=NOW)
    kept = tmp_path / "seals.csv"
    kept.write_text(client.get(reverse("vote-seals-csv")).text)
    call_command("recount", seals=kept, stdout=io.StringIO())

    # Somebody with the key and the database makes all of it anew, without the newest vote.
    ChainSeal.objects.all().delete()
    RequestVote.objects.update(is_provisional=False, flags=[])
    vote_log.log(board_of("requests"), RequestVote.objects.all(), "confirm", NOW)
    vote_log.extend_chain()
    vote_log.seal(now=NOW)
    call_command("recount", stdout=io.StringIO())

    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("recount", seals=kept, stdout=said)
    assert ended.value.code == 1
    assert "is not the one that was kept" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("recount", seals=tmp_path / "none.csv")


def test_a_recount_keeps_what_it_found(aside):
    DataRequest.objects.update(votes_counted=900)
    with pytest.raises(SystemExit) as ended:
        call_command("recount", stdout=io.StringIO())
    assert ended.value.code == 1
    assert [fault.partition(":")[0] for fault in Proof.objects.get().faults] == ["tally"]
