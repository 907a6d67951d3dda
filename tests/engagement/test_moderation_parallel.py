"""Two moderators at the same moment, and votes that come meanwhile, on real connections."""

from functools import partial

import pytest
from django.utils import timezone

from accounts.models import Activity
from engagement.boards import board_of
from engagement.errors import AlreadyDecided, EngagementError
from engagement.models import Invalidation, TrailRemoval
from engagement.moderation import kind_of
from engagement.services import invalidations, moderation, vote_log, votes
from engagement.services.invalidations import Conditions
from engagement.services.recounts import recount
from requests_app.models import DataRequest, RequestVote
from requests_app.services.answers import merge
from tests.factories.accounts import AppointmentFactory, UserFactory
from tests.factories.requests_app import DataRequestFactory
from tests.parallel import at_once, crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
NOW = timezone.now()


@pytest.fixture
def moderators():
    return [each.user for each in AppointmentFactory.create_batch(2, role="moderator")]


def deciding(act, item, moderator, **said):
    return partial(act, kind=kind_of("requests"), pk=item.pk, moderator=moderator, now=NOW, **said)


def casting(thing, voter):
    return partial(votes.cast, board=board_of("requests"), thing=thing, voter=voter, now=NOW)


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_decide_one_text_at_once_one_wins_and_the_other_hears_of_it(moderators, turn):
    item = DataRequestFactory(moderation="pending")

    answers = at_once(
        deciding(moderation.approve, item, moderators[0]), deciding(moderation.reject, item, moderators[1], reason="Spam.")
    )

    row = DataRequest.objects.get()
    refused = [type(answer) for answer in answers if isinstance(answer, EngagementError)]
    # Who rejects second is too late. Who approves second overrules a rejection, on the record: the public saw nothing meanwhile.
    assert (row.moderation, refused) in [("approved", [AlreadyDecided]), ("approved", [])]
    assert Activity.objects.filter(verb__in=["requests.approve", "requests.reject"]).count() == 2 - len(refused)


def test_two_who_approve_one_text_at_once_tell_of_it_once(moderators):
    item = DataRequestFactory(moderation="pending")
    at_once(*(deciding(moderation.approve, item, each) for each in moderators * 4))
    assert DataRequest.objects.get().is_shown
    assert Activity.objects.filter(verb="requests.approve").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_an_approval_and_the_removal_of_the_trail_at_once_leave_nothing_shown(moderators, turn):
    author = UserFactory()
    items = DataRequestFactory.create_batch(3, author=author, moderation="pending")
    removing = partial(moderation.remove_trail, author=author, moderator=moderators[1], reason="Spam.", now=NOW)

    at_once(removing, *(deciding(moderation.approve, item, moderators[0]) for item in items))

    assert TrailRemoval.objects.count() == 1
    assert not DataRequest.objects.shown().exists()


def test_an_approval_by_two_at_once_with_new_votes_takes_out_what_it_says(moderators):
    thing = DataRequestFactory()
    voters = [UserFactory(email=f"{name}@example.info") for name in "abcdefghijkl"]
    board = board_of("requests")
    for voter in voters[:6]:
        votes.cast(board=board, thing=thing, voter=voter, now=NOW)
    proposed = invalidations.propose(
        board=board, conditions=Conditions(domain="example.info"), reason="One hand.", actor=UserFactory(), now=NOW
    )
    approving = [partial(invalidations.approve, invalidation=proposed, actor=each, now=NOW) for each in moderators]

    crowd([casting(thing, voters[6]), *approving, *(casting(thing, voter) for voter in voters[7:])])

    row = Invalidation.objects.get()
    assert RequestVote.objects.count() == 12
    assert row.number == RequestVote.objects.filter(invalidation=row).count() >= 6
    vote_log.extend_chain()
    assert DataRequest.objects.get().votes_counted == 12 - row.number
    assert recount() == []


def test_an_approval_and_the_end_of_the_proposal_at_once_leave_no_vote_taken_out_for_nothing(moderators):
    thing = DataRequestFactory()
    votes.cast(board=board_of("requests"), thing=thing, voter=UserFactory(email="a@example.info"), now=NOW)
    proposed = invalidations.propose(
        board=board_of("requests"), conditions=Conditions(domain="example.info"), reason="One.", actor=UserFactory(), now=NOW
    )
    said = {"invalidation": proposed, "now": NOW}

    at_once(
        *(partial(invalidations.approve, actor=each, **said) for each in moderators),
        partial(invalidations.undo, actor=moderators[0], **said),
    )

    assert not RequestVote.objects.exclude(invalidation=None).exists()
    vote_log.extend_chain()
    assert recount() == []


def test_a_merge_among_voters_loses_no_vote_and_doubles_none():
    source, target = DataRequestFactory.create_batch(2)
    voters = UserFactory.create_batch(60)
    merging = partial(merge, source=source, target=target, actor=UserFactory(), now=NOW)
    early = [casting(thing, voter) for voter in voters[:30] for thing in (source, target)]

    answers = crowd([*early[:40], merging, *early[40:], *(casting(source, voter) for voter in voters[30:]), merging])

    taken = [answer for answer in answers if isinstance(answer, RequestVote)]
    persons = {vote.voter_id for vote in taken}
    standing = list(RequestVote.objects.standing().values_list("voter_id", "thing_id"))
    assert sorted(standing) == sorted((voter, target.pk) for voter in persons)
    before = list(RequestVote.objects.order_by("pk").values())
    merging()
    assert list(RequestVote.objects.order_by("pk").values()) == before
    vote_log.extend_chain()
    assert dict(DataRequest.objects.values_list("pk", "votes_counted")) == {source.pk: 0, target.pk: len(persons)}
    assert recount() == []
