import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.activity import of, sentence_of
from engagement.errors import AlreadyDecided, ReasonMissing, TrailRemoved
from engagement.models import TrailRemoval
from engagement.moderation import kind_of
from engagement.services import moderation
from requests_app.models import DataRequest
from tests.factories.accounts import AppointmentFactory, MembershipFactory, UserFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def moderator():
    return AppointmentFactory(role="moderator").user


@pytest.fixture
def pending():
    return DataRequestFactory(moderation="pending", title="Rivers")


def decide(act, item, moderator, **said):
    return act(kind=kind_of("requests"), pk=item.pk, moderator=moderator, now=NOW, **said)


def test_what_is_approved_is_shown_once_and_asked_again_changes_nothing(pending, moderator):
    decide(moderation.approve, pending, moderator)
    before = DataRequest.objects.values().get()
    decide(moderation.approve, pending, moderator)
    assert DataRequest.objects.values().get() == before
    assert [sentence_of(each) for each in of(pending)] == [f"{moderator} let the request “Rivers” pass"]


def test_an_edit_is_marked_and_touches_the_texts_alone(pending, moderator):
    decide(moderation.approve, pending, moderator, texts={"title": "Rivers and lakes", "status": "published"})
    row = DataRequest.objects.get()
    assert (row.title, row.is_edited, row.status, row.is_shown) == ("Rivers and lakes", True, "received", True)


def test_a_refusal_wants_a_reason(pending, moderator):
    with pytest.raises(ReasonMissing):
        decide(moderation.reject, pending, moderator, reason=" ")
    decide(moderation.reject, pending, moderator, reason="Spam.")
    assert DataRequest.objects.values_list("moderation", "moderation_reason").get() == ("rejected", "Spam.")


def test_what_the_public_sees_is_hidden_and_what_it_does_not_is_rejected(pending, moderator):
    with pytest.raises(AlreadyDecided):
        decide(moderation.hide, pending, moderator, reason="Spam.")
    decide(moderation.approve, pending, moderator)
    with pytest.raises(AlreadyDecided):
        decide(moderation.reject, pending, moderator, reason="Spam.")
    decide(moderation.hide, pending, moderator, reason="Spam.")
    assert not DataRequest.objects.get().is_shown


def test_a_trail_is_removed_with_one_act_and_given_back_as_it_was(moderator):
    author = UserFactory()
    states = {DataRequestFactory(author=author, moderation=state).pk: state for state in ("pending", "approved", "approved")}
    refused = DataRequestFactory(author=author, moderation="rejected", moderation_reason="Twice.")
    bystander = DataRequestFactory()

    removal = moderation.remove_trail(author=author, moderator=moderator, reason="Spam.", now=NOW)
    assert set(DataRequest.objects.filter(author=author).values_list("moderation", flat=True)) == {"hidden", "rejected"}
    assert DataRequest.objects.get(pk=bystander.pk).is_shown
    assert moderation.remove_trail(author=author, moderator=moderator, reason="Spam.", now=NOW) == removal
    with pytest.raises(TrailRemoved):
        decide(moderation.approve, refused, moderator)
    assert not moderation.is_trusted(author, now=NOW)

    moderation.restore_trail(removal=removal, moderator=moderator, now=NOW)
    moderation.restore_trail(removal=removal, moderator=moderator, now=NOW)
    rows = dict(DataRequest.objects.filter(author=author).values_list("pk", "moderation"))
    assert rows == states | {refused.pk: "rejected"}


def test_who_is_trusted(moderator):
    citizen = UserFactory()
    assert moderation.is_trusted(moderator, now=NOW)
    assert moderation.is_trusted(MembershipFactory().user, now=NOW)
    for _number in range(3):
        assert not moderation.is_trusted(citizen, now=NOW)
        decide(moderation.approve, DataRequestFactory(author=citizen, moderation="pending"), moderator)
    assert moderation.is_trusted(citizen, now=NOW)
    decide(moderation.hide, DataRequest.objects.filter(author=citizen).first(), moderator, reason="No.")
    assert not moderation.is_trusted(citizen, now=NOW)


def test_the_queue_shows_the_oldest_and_goes_on_to_the_next(client, moderator):
    first, second = DataRequestFactory.create_batch(2, moderation="pending")
    client.force_login(moderator)
    queue = reverse("engagement:moderation-queue")
    assert client.get(queue).context["current"].item == first

    texts = {name: getattr(first, name) for name in ("title", "description")}
    page = client.post(reverse("engagement:moderation-item", args=["requests", first.pk]), texts | {"do": "approve"}, follow=True)

    assert page.context["current"].item == second
    assert not DataRequest.objects.get(pk=first.pk).is_edited
    page = client.post(reverse("engagement:moderation-item", args=["requests", second.pk]), {"do": "refuse"})
    assert page.status_code == 422
    client.post(reverse("engagement:moderation-item", args=["requests", second.pk]), {"do": "remove", "reason": "Spam."})
    assert client.get(queue).context["current"] is None
    removal = TrailRemoval.objects.get()
    client.post(reverse("engagement:trail-restore", args=[removal.pk]))
    assert client.get(queue).context["current"].item == second


def test_the_queue_is_the_moderators(client):
    client.force_login(MembershipFactory(role="editor").user)
    assert client.get(reverse("engagement:moderation-queue")).status_code == 404
