from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.enums import Pace
from accounts.services.notifications import choose
from datasets.models import DatasetComment, DatasetScore
from engagement.boards import board_of
from engagement.moderation import kind_of
from engagement.services import moderation, votes
from engagement.services.follows import unfollow
from requests_app.enums import RequestStatus
from requests_app.models import DataRequest, RequestComment, Turn
from requests_app.services import answers, reminders, requests
from tests.factories.accounts import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.follows import RequestFollowFactory
from tests.factories.requests_app import DataRequestFactory, TurnFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SAID = answers.Answer(RequestStatus.UNDER_REVIEW, "We look into it.", "Nous étudions la question.")


@pytest.fixture
def voters():
    return {"en": UserFactory(language="en"), "fr": UserFactory(language="fr"), "gone": UserFactory(), "off": UserFactory()}


@pytest.fixture
def thing(voters):
    row = DataRequestFactory(title="River levels")
    for voter in voters.values():
        votes.cast(board=board_of("requests"), thing=row, voter=voter, now=NOW)
    votes.withdraw(board=board_of("requests"), thing=row, voter=voters["gone"], now=NOW)
    choose(person=voters["off"], choices={answers.KIND.key: Pace.OFF})
    return row


def sent_by(run, callbacks, outbox):
    """The mails of an act, by address; each person has one."""
    outbox.clear()
    with callbacks(execute=True):
        run()
    found = {mail.to[0]: mail for mail in outbox}
    assert len(found) == len(outbox)
    return found


def test_an_answer_is_mailed_once_to_the_writer_and_to_voters_in_their_language(
    thing, voters, mailoutbox, django_capture_on_commit_callbacks
):
    actor = UserFactory()

    found = sent_by(
        lambda: answers.answer(request=thing, said=SAID, actor=actor, now=NOW), django_capture_on_commit_callbacks, mailoutbox
    )

    assert set(found) == {voters["en"].email, voters["fr"].email, thing.author.email}
    assert "We look into it." in found[voters["en"].email].body
    assert "Nous étudions la question." in found[voters["fr"].email].body
    assert "/fr/demandes-de-donnees/" in found[voters["fr"].email].body
    assert "List-Unsubscribe" in found[voters["fr"].email].extra_headers


def test_a_decision_is_mailed_to_the_writer_and_nothing_before(mailoutbox, django_capture_on_commit_callbacks):
    author, moderator, kind = UserFactory(language="fr"), UserFactory(), kind_of("requests")
    row = DataRequestFactory.build(author=None, title="Rivières")
    submit = sent_by(
        lambda: moderation.submit(kind=kind, item=row, author=author, now=NOW), django_capture_on_commit_callbacks, mailoutbox
    )
    assert submit == {}

    said = {"kind": kind, "pk": row.pk, "moderator": moderator, "now": NOW}
    refused = sent_by(lambda: moderation.reject(**said, reason="Déjà publié."), django_capture_on_commit_callbacks, mailoutbox)
    assert "Déjà publié." in refused[author.email].body
    shown = sent_by(lambda: moderation.approve(**said), django_capture_on_commit_callbacks, mailoutbox)
    assert "Publié" in shown[author.email].subject
    assert sent_by(lambda: moderation.approve(**said), django_capture_on_commit_callbacks, mailoutbox) == {}


def test_the_demonstration_has_requests_and_again_changes_nothing():
    call_command("seed_demo", few=2)
    call_command("seed_requests")
    before = list(DataRequest.objects.order_by("pk").values())
    call_command("seed_requests")
    assert list(DataRequest.objects.order_by("pk").values()) == before
    assert {row["moderation"] for row in before} == {"approved", "pending"}
    assert DataRequest.objects.filter(votes_counted__gt=0).count() >= 5


def test_the_demonstration_has_comments_and_ratings_and_again_changes_nothing():
    call_command("seed_demo", few=2)
    call_command("seed_requests")
    DatasetFactory(published=True, name="area-burned-by-province")
    call_command("seed_comments")
    before = [list(model.objects.order_by("pk").values()) for model in (RequestComment, DatasetComment, DatasetScore)]
    call_command("seed_comments")
    assert [list(model.objects.order_by("pk").values()) for model in (RequestComment, DatasetComment, DatasetScore)] == before
    assert {row["moderation"] for rows in before[:2] for row in rows} >= {"approved"}
    assert {row["language"] for row in before[0]} == {"en", "fr"}
    assert "area-burned-by-province" in DatasetScore.objects.values_list("thing__name", flat=True)


@pytest.fixture
def department():
    return OrganizationFactory()


@pytest.fixture
def editor(department):
    return MembershipFactory(organization=department, role="editor", user__language="fr").user


def test_a_department_is_told_of_what_comes_to_it_and_of_nothing_before(
    department, editor, mailoutbox, django_capture_on_commit_callbacks
):
    other = MembershipFactory(role="editor")
    MembershipFactory(organization=department, role="member")
    row = DataRequest(title="Levels", description="All.", organization=department)
    said = {"request": row, "author": UserFactory(), "language": "en", "now": NOW}
    assert sent_by(lambda: requests.submit(**said), django_capture_on_commit_callbacks, mailoutbox) == {}

    approve = {"kind": kind_of("requests"), "pk": row.pk, "moderator": UserFactory(), "now": NOW}
    found = sent_by(lambda: moderation.approve(**approve), django_capture_on_commit_callbacks, mailoutbox)
    assert found[editor.email].subject == "Une demande adressée à votre ministère : Levels"
    assert set(found) == {editor.email, row.author.email}

    handed_on = answers.Answer(RequestStatus.TRANSFERRED, "Theirs.", "À eux.", organization=other.organization)
    found = sent_by(
        lambda: answers.answer(request=row, said=handed_on, actor=editor, now=NOW), django_capture_on_commit_callbacks, mailoutbox
    )
    assert found[other.user.email].subject == "A request was transferred to your department: Levels"


def test_of_a_due_date_people_are_reminded_once_before_and_once_after(
    department, editor, mailoutbox, django_capture_on_commit_callbacks
):
    row = DataRequestFactory(organization=department, due_on=timezone.localdate(NOW) + timedelta(days=3))
    TurnFactory(request=row, organization=department)
    DataRequestFactory(organization=department, due_on=timezone.localdate(NOW) + timedelta(days=9))

    def subjects(day):
        now = NOW + timedelta(days=day)
        sent_by(lambda: reminders.remind(now=now), django_capture_on_commit_callbacks, mailoutbox)
        return [mail.subject.partition(" :")[0] for mail in mailoutbox]

    assert subjects(0) == ["Une réponse est attendue bientôt"]
    assert subjects(1) == []
    assert subjects(4) == ["Une réponse est en retard"]
    assert subjects(5) == []
    DataRequest.objects.filter(pk=row.pk).update(due_on=timezone.localdate(NOW) + timedelta(days=6))
    assert subjects(5) == ["Une réponse est attendue bientôt"]
    Turn.objects.update(answered_at=NOW, ended_at=NOW)
    assert subjects(20) == []


def test_who_sees_to_a_request_is_reminded_alone(department, editor, mailoutbox, django_capture_on_commit_callbacks):
    owner = MembershipFactory(organization=department).user
    row = DataRequestFactory(organization=department, due_on=timezone.localdate(NOW), owner=owner)
    TurnFactory(request=row, organization=department)
    found = sent_by(lambda: reminders.remind(now=NOW), django_capture_on_commit_callbacks, mailoutbox)
    assert list(found) == [owner.email]


def test_a_merge_is_told_once_to_all_who_wait_for_either(thing, voters, mailoutbox, django_capture_on_commit_callbacks):
    target, actor = DataRequestFactory(title="Levels of rivers"), UserFactory()
    follower = RequestFollowFactory(thing=target).person
    for both in (voters["en"], voters["fr"]):
        RequestFollowFactory(thing=target, person=both)
        RequestFollowFactory(thing=thing, person=both)
    RequestFollowFactory(thing=thing, person=actor)

    def run():
        answers.merge(source=thing, target=target, actor=actor, now=NOW)

    found = sent_by(run, django_capture_on_commit_callbacks, mailoutbox)

    everybody = [voters["en"], voters["fr"], thing.author, target.author, follower]
    assert set(found) == {person.email for person in everybody}, "neither who merged, nor who wants no mail"
    assert "River levels — merged" in found[follower.email].subject
    assert "fusionnée" in found[voters["fr"].email].subject
    assert sent_by(run, django_capture_on_commit_callbacks, mailoutbox) == {}
    assert target.follows.filter(person=voters["en"]).count() == 1


def test_followers_hear_of_answers_also_after_the_job_ran_twice(thing, mailoutbox, django_capture_on_commit_callbacks):
    follower = RequestFollowFactory(thing=thing, person__language="fr").person
    gone = RequestFollowFactory(thing=thing)
    unfollow(board=board_of("requests"), thing=thing, person=gone.person)
    said = {"request": thing, "said": SAID, "actor": UserFactory(), "now": NOW}
    made = []

    found = sent_by(lambda: made.append(answers.answer(**said)), django_capture_on_commit_callbacks, mailoutbox)

    assert "Nous étudions la question." in found[follower.email].body
    assert gone.person.email not in found
    assert sent_by(lambda: answers.tell(made[0].pk), django_capture_on_commit_callbacks, mailoutbox) == {}
