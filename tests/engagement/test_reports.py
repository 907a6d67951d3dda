import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from accounts.enums import Pace
from accounts.services.notifications import choose
from engagement.enums import ReportReason
from engagement.errors import NotReportable
from engagement.models import Report
from engagement.moderation import kind_of
from engagement.selectors.moderation import queue, reported
from engagement.services import moderation, reports
from tests.factories.accounts import AppointmentFactory, UserFactory
from tests.factories.datasets import DatasetCommentFactory, DatasetFactory
from tests.factories.engagement import ReportFactory
from tests.factories.requests_app import DataRequestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
KIND = "dataset-comments"


@pytest.fixture
def comment():
    return DatasetCommentFactory()


@pytest.fixture
def moderator():
    return AppointmentFactory(role="moderator").user


def report(comment, reporter=None, reason="spam", note=""):
    said = {"reason": ReportReason(reason), "note": note, "now": NOW}
    found = reports.report(kind=kind_of(KIND), pk=comment.pk, reporter=reporter or UserFactory(), **said)
    comment.refresh_from_db()
    return found


def decide(act, comment, moderator, **said):
    act(kind=kind_of(KIND), pk=comment.pk, moderator=moderator, now=NOW, **said)
    comment.refresh_from_db()


def outcomes():
    return set(Report.objects.values_list("outcome", flat=True))


def test_a_reported_text_stays_and_is_in_the_queue_with_its_reasons(comment):
    assert queue(20) == []
    report(comment, reason="wrong", note="It is per year.")
    report(comment)
    report(comment)
    assert comment.is_shown
    assert [waiting.item for waiting in queue(20)] == [comment]
    found = reported(kind_of(KIND), comment)
    assert found.reasons == [("Spam or advertising", 2), ("Wrong or misleading", 1)]
    assert found.notes == ["It is per year."]


def test_a_person_reports_a_text_once(comment):
    reader = UserFactory()
    assert report(comment, reader) == report(comment, reader, reason="abuse")
    assert Report.objects.get().reason == "spam"
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFactory(kind=KIND, item=comment.pk, reporter=reader)


def test_what_cannot_be_reported(comment):
    hidden = DatasetCommentFactory(moderation="pending")
    withdrawn = DatasetCommentFactory(thing=DatasetFactory(withdrawn=True))
    for item, reader in ((comment, comment.author), (hidden, None), (withdrawn, None)):
        with pytest.raises(NotReportable):
            report(item, reader)
    with pytest.raises(ValidationError):
        report(comment, reason="other")


def test_many_reports_hold_a_text_back_and_those_without_a_confirmed_address_do_not_count(comment):
    stranger = UserFactory()
    EmailAddress.objects.filter(user=stranger).update(verified=False)
    report(comment, stranger)
    for number in range(reports.HELD_BACK_FROM):
        assert comment.is_shown, number
        report(comment)
    assert comment.moderation == "pending"


def test_what_a_moderator_found_in_order_is_not_held_back_again(comment, moderator):
    report(comment)
    decide(moderation.approve, comment, moderator)
    assert outcomes() == {"dismissed"}
    assert queue(20) == []
    for _number in range(reports.HELD_BACK_FROM):
        report(comment)
    assert comment.is_shown
    assert [waiting.item for waiting in queue(20)] == [comment]


@pytest.mark.parametrize("held", [False, True])
def test_hiding_the_text_upholds_its_reports(comment, moderator, held):
    for _number in range(reports.HELD_BACK_FROM if held else 1):
        report(comment)
    decide(moderation.reject if held else moderation.hide, comment, moderator, reason="Spam.")
    assert outcomes() == {"upheld"}
    assert queue(20) == []


def test_a_trail_s_removal_upholds_all_reports(comment, moderator):
    report(comment)
    moderation.remove_trail(author=comment.author, moderator=moderator, reason="Spam.", now=NOW)
    assert outcomes() == {"upheld"}


def test_only_who_asked_for_it_is_told_what_became_of_a_report(
    comment, moderator, mailoutbox, django_capture_on_commit_callbacks
):
    curious = UserFactory(language="fr")
    choose(person=curious, choices={reports.KIND.key: Pace.AT_ONCE})
    with django_capture_on_commit_callbacks(execute=True):
        report(comment, curious)
        report(comment)
    assert mailoutbox == []
    with django_capture_on_commit_callbacks(execute=True):
        decide(moderation.approve, comment, moderator)
        decide(moderation.approve, comment, moderator)
    assert [mail.to for mail in mailoutbox] == [[curious.email]]
    assert "Le texte reste affiché" in mailoutbox[0].subject


def test_who_leaves_takes_their_name_and_leaves_the_report(comment):
    reader = UserFactory()
    report(comment, reader)
    assert personal_data.export(reader)["engagement.reports"][0]["reason"] == "spam"
    personal_data.erase(reader)
    reader.delete()
    assert Report.objects.get().reporter is None


def test_the_page_takes_one_report_and_thanks(client, comment):
    client.force_login(UserFactory())
    address = reverse("engagement:report-create", args=[KIND, comment.pk])
    assert comment.text in client.get(address).content.decode()
    assert client.post(address, {"reason": "other"}).status_code == 422
    page = client.post(address, {"reason": "abuse"}, follow=True)
    assert "Thank you: you reported this text" in page.content.decode()
    assert Report.objects.get().reason == "abuse"
    assert client.get(reverse("engagement:report-create", args=["nothing", 1])).status_code == 404


def test_who_held_a_text_back_reads_thanks_and_not_the_text(client, comment):
    ReportFactory.create_batch(4, kind=KIND, item=comment.pk)
    client.force_login(UserFactory())
    page = client.post(reverse("engagement:report-create", args=[KIND, comment.pk]), {"reason": "abuse"}, follow=True)
    assert page.status_code == 200
    assert comment.text not in page.content.decode()


def test_a_request_is_reported_from_its_page_and_moderators_read_why(client, moderator):
    request = DataRequestFactory()
    client.force_login(UserFactory())
    address = reverse("engagement:report-create", args=["requests", request.pk])
    assert address in client.get(request.get_absolute_url()).content.decode()
    client.post(address, {"reason": "other", "note": "Asked before."})
    client.force_login(moderator)
    page = client.get(reverse("engagement:moderation-queue")).content.decode()
    assert "Something else" in page
    assert "Asked before." in page
    client.post(reverse("engagement:moderation-item", args=["requests", request.pk]), {"do": "approve"})
    assert outcomes() == {"dismissed"}
