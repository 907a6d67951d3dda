"""What is sent twice is one; what was owed before today is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.enums import RequestStatus
from requests_app.errors import DueDatePassed
from requests_app.models import DataRequest, StatusChange
from requests_app.services import answers
from tests.factories.accounts import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
WORDS = {"comment_en": "We look into it.", "comment_fr": "Nous étudions la question."}
DUE = TODAY + timedelta(days=9)


def answer(row, actor, *, later=0, **said):
    said = {"status": RequestStatus.UNDER_REVIEW, "due_on": DUE, **WORDS} | said
    return answers.answer(request=row, said=answers.Answer(**said), actor=actor, now=NOW + timedelta(seconds=later))


def test_an_answer_sent_twice_is_one_and_one_mail(mailoutbox, django_capture_on_commit_callbacks):
    row, actor = DataRequestFactory(), UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        first = answer(row, actor)
        assert answer(row, actor, later=1) == first
    assert (StatusChange.objects.count(), len(mailoutbox)) == (1, 1)


@pytest.mark.parametrize("status", ["published", "transferred"])
def test_a_last_answer_and_a_transfer_sent_twice_are_one(status):
    row, actor = DataRequestFactory(organization=OrganizationFactory()), UserFactory()
    said = {"status": RequestStatus(status), "dataset": DatasetFactory(published=True), "organization": OrganizationFactory()}
    assert answer(row, actor, **said) == answer(row, actor, later=1, **said)


@pytest.mark.parametrize(
    "change",
    [{"comment_fr": "Encore."}, {"due_on": DUE + timedelta(days=1)}, {"status": RequestStatus.IN_PROGRESS}, {"later": 600}],
)
def test_what_differs_or_comes_later_is_another_answer(change):
    row, actor = DataRequestFactory(), UserFactory()
    answer(row, actor)
    answer(row, actor, **change)
    answer(row, UserFactory(), **change)
    assert StatusChange.objects.count() == 3


def test_a_request_sent_twice_is_one(client):
    author = UserFactory()
    client.force_login(author)
    said = {"kind": "request", "title": "River levels", "description": "By the hour.", "anyway": "1"}
    address = reverse("requests:request-create")
    assert client.post(address, said).url == client.post(address, said).url
    client.post(address, said | {"description": "By the day."})
    assert DataRequest.objects.count() == 2


def test_a_due_date_in_the_past_is_refused_and_today_is_not(client):
    department = OrganizationFactory()
    row = DataRequestFactory(organization=department)
    client.force_login(MembershipFactory(organization=department, role="editor").user)
    address, said = reverse("requests:request-answer", args=[row.pk]), WORDS | {"status": "under_review"}

    refused = client.post(address, said | {"due_on": (TODAY - timedelta(days=1)).isoformat()})
    assert refused.status_code == 422
    assert "today or later" in refused.content.decode()
    with pytest.raises(DueDatePassed):
        answer(row, UserFactory(), due_on=TODAY - timedelta(days=1))
    assert client.post(address, said | {"due_on": TODAY.isoformat()}).status_code == 302


def test_a_last_answer_does_not_mind_that_it_is_overdue():
    row = DataRequestFactory(due_on=TODAY - timedelta(days=1))
    answer(row, UserFactory(), status=RequestStatus.NOT_HELD, due_on=row.due_on)
    assert StatusChange.objects.count() == 1


def test_who_asked_for_the_same_hears_of_later_answers(mailoutbox, django_capture_on_commit_callbacks):
    target = DataRequestFactory()
    merged = DataRequestFactory(merged_into=target)
    hidden = DataRequestFactory(merged_into=target, moderation="hidden", moderation_reason="A name.")
    with django_capture_on_commit_callbacks(execute=True):
        answer(target, UserFactory())
    told = {mail.to[0] for mail in mailoutbox}
    assert told == {target.author.email, merged.author.email}
    assert hidden.author.email not in told
