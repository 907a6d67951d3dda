import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts import personal_data
from accounts.models import Activity
from datasets.enums import EnquiryState
from datasets.errors import IllegalMove
from datasets.forms.enquiries import safe_page
from datasets.models import Enquiry
from datasets.services import enquiries as services
from tests.factories.accounts import AppointmentFactory, UserFactory
from tests.factories.datasets import DatasetFactory, EnquiryFactory

pytestmark = pytest.mark.django_db
QUESTION = {"text": "Where are the figures?", "email": "asker@example.org", "page": "", "website": ""}


@pytest.fixture
def moderator(client):
    person = AppointmentFactory(role="moderator").user
    client.force_login(person)
    return person


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Do a thing and what it put off until its commit: the mails."""

    def do(action, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **kwargs)

    return do


def ask(client, language="en", **changes):
    with override(language):
        return client.post(reverse("datasets:contact"), QUESTION | changes)


def tell(client, **said):
    return client.post(reverse("datasets:feedback"), {"found": "no", "text": "", "email": "", "page": "", "website": ""} | said)


def test_a_question_gets_a_code_a_page_and_a_receipt(client, done):
    response = done(ask, client, "fr", page="/fr/sujets/")

    enquiry = Enquiry.objects.get()
    assert (enquiry.kind, enquiry.state, enquiry.language, enquiry.page) == ("contact", "new", "fr", "/fr/sujets/")
    assert re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", enquiry.code)
    assert response.url == f"/fr/nous-joindre/{enquiry.code}/"
    page = client.get(response.url)
    assert enquiry.code in page.content.decode()
    assert QUESTION["email"] not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    to_sender, to_staff = mail.outbox
    assert to_sender.to == ["asker@example.org"]
    assert f"/fr/nous-joindre/{enquiry.code}/" in to_sender.body
    assert QUESTION["text"] not in to_sender.body, "nobody can have us mail their words to a third person"
    assert to_staff.to == ["open-ouvert@example.org"]


def test_a_code_is_found_in_capitals_and_an_unknown_one_is_not(client):
    enquiry = EnquiryFactory()

    assert client.get(reverse("datasets:enquiry-status", args=[enquiry.code.upper()])).status_code == 200
    assert client.get(reverse("datasets:enquiry-status", args=["0000-0000-0000-0000"])).status_code == 404


def test_a_question_about_a_dataset_names_it(client):
    dataset = DatasetFactory(published=True, title_en="Census of lighthouses")
    form = client.get(reverse("datasets:contact"), {"dataset": dataset.name})
    ask(client, dataset=dataset.name)

    assert "Census of lighthouses" in form.content.decode()
    assert Enquiry.objects.get().dataset == dataset


def test_a_dataset_that_is_not_public_is_neither_named_nor_taken(client):
    hidden = DatasetFactory(title_en="Secret plans")
    form = client.get(reverse("datasets:contact"), {"dataset": hidden.name})
    response = ask(client, dataset=hidden.name)

    assert "Secret plans" not in form.content.decode()
    assert response.status_code == 422
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "a" * 5001},
        {"text": "null\0byte"},
        {"email": ""},
        {"email": "nobody"},
        {"email": "a@example.org\nBcc: all@example.org"},
        {"email": f"{'a' * 250}@example.org"},
        {"website": "https://spam.example"},
    ],
)
def test_what_cannot_be_taken_is_said_and_kept_in_the_form(client, done, wrong):
    response = done(ask, client, **wrong)

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Enquiry.objects.exists()
    assert mail.outbox == []


def test_the_sixth_message_of_a_network_within_ten_minutes_waits(client):
    answers = [ask(client, email=f"person-{number}@example.org").status_code for number in range(6)]
    again = ask(client, text="My long letter")

    assert answers == [302] * 5 + [429]
    assert again.status_code == 429
    assert "My long letter" in again.content.decode(), "what was written is not lost"
    assert "Please wait ten minutes" in again.content.decode()
    assert Enquiry.objects.count() == 5


def test_an_address_gets_three_receipts_a_day_however_it_is_written(client, done):
    for address in ("v.ictim@gmail.com", "victim@gmail.com", "VICTIM@gmail.com", "victim+1@gmail.com", "victim@gmail.com"):
        assert done(ask, client, email=address).status_code == 302

    receipts = [message for message in mail.outbox if "gmail.com" in message.to[0]]
    assert len(receipts) == 3


def test_feedback_without_words_asks_nothing_of_anybody(client, done):
    response = done(tell, client, found="yes", page="/en/about/")

    enquiry = Enquiry.objects.get()
    assert (enquiry.kind, enquiry.found, enquiry.state) == ("feedback", True, "closed")
    assert response.url == enquiry.get_absolute_url()
    assert mail.outbox == []


def test_feedback_from_a_datasets_page_names_the_dataset(client):
    dataset = DatasetFactory(published=True)
    tell(client, text="The link is dead.", page=dataset.get_absolute_url())

    enquiry = Enquiry.objects.get()
    assert (enquiry.dataset, enquiry.state) == (dataset, "new")


def test_feedback_says_whether_it_was_found(client):
    assert tell(client, found="").status_code == 422


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("/en/datasets/?q=a%20b", "/en/datasets/?q=a%20b"),
        ("https://evil.example/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("/a\nb", ""),
        ("/" + "a" * 500, ""),
    ],
)
def test_only_paths_of_the_portal_are_kept_as_pages(page, kept):
    assert safe_page(page) == kept


def test_html_in_a_message_is_text(client):
    enquiry = EnquiryFactory(text="<script>alert(1)</script>")

    assert "<script>alert" not in client.get(enquiry.get_absolute_url()).content.decode()


def test_staff_take_and_answer_in_the_senders_language(client, moderator, done):
    enquiry = EnquiryFactory(language="fr", text="Où sont les chiffres ?")
    client.post(reverse("datasets:enquiry-take", args=[enquiry.code]))
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.taken_by) == ("in_progress", moderator)

    response = done(client.post, reverse("datasets:enquiry-detail", args=[enquiry.code]), {"text": "Les voici."})

    enquiry.refresh_from_db()
    assert response.url == reverse("datasets:enquiry-list")
    assert (enquiry.state, enquiry.answer, enquiry.answered_by) == ("answered", "Les voici.", moderator)
    assert [message.to for message in mail.outbox] == [[enquiry.email]]
    assert "Les voici." in mail.outbox[0].body
    assert f"/fr/nous-joindre/{enquiry.code}/" in mail.outbox[0].body
    assert "Les voici." in client.get(enquiry.get_absolute_url()).content.decode()
    assert list(Activity.objects.order_by("at").values_list("verb", "actor")) == [
        ("enquiry.take", moderator.pk),
        ("enquiry.answer", moderator.pk),
    ]


def test_an_answer_without_words_is_none(client, moderator):
    enquiry = EnquiryFactory()

    assert client.post(reverse("datasets:enquiry-detail", args=[enquiry.code]), {"text": " "}).status_code == 422
    enquiry.refresh_from_db()
    assert enquiry.state == "new"


def test_staff_close_with_a_reason_and_may_take_up_again(client, moderator):
    enquiry = EnquiryFactory()
    client.post(reverse("datasets:enquiry-close", args=[enquiry.code]), {"note": "Advertising"})
    enquiry.refresh_from_db()
    assert enquiry.state == "closed"
    assert Activity.objects.get().note == "Advertising"

    services.take(enquiry=enquiry, actor=moderator, now=timezone.now())
    enquiry.refresh_from_db()
    assert enquiry.state == "in_progress"


def test_what_was_answered_stays_so(moderator, done):
    enquiry = done(services.answer, enquiry=EnquiryFactory(), actor=moderator, text="Here.", now=timezone.now())

    for move in (services.take, services.close):
        with pytest.raises(IllegalMove, match=r"Answered"):
            move(enquiry=enquiry, actor=moderator, now=timezone.now())
    with pytest.raises(IllegalMove):
        done(services.answer, enquiry=enquiry, actor=moderator, text="Or here.", now=timezone.now())
    assert len(mail.outbox) == 1


def test_asked_twice_taking_and_closing_change_nothing(moderator):
    enquiry = EnquiryFactory()
    for _ in range(2):
        services.take(enquiry=enquiry, actor=moderator, now=timezone.now())
    for _ in range(2):
        services.close(enquiry=enquiry, actor=moderator, now=timezone.now())

    assert list(Activity.objects.order_by("at").values_list("verb", flat=True)) == ["enquiry.take", "enquiry.close"]


@pytest.mark.parametrize(
    ("role", "status"), [("moderator", 200), ("administrator", 200), ("publisher", 200), ("author", 404), (None, 404)]
)
def test_the_queue_is_for_those_who_may_answer(client, role, status):
    enquiry = EnquiryFactory()
    person = AppointmentFactory(role=role).user if role else UserFactory()
    client.force_login(person)

    pages = [reverse("datasets:enquiry-list"), reverse("datasets:enquiry-detail", args=[enquiry.code])]
    assert [client.get(page).status_code for page in pages] == [status] * 2
    assert Enquiry.objects.visible_to(person).exists() is person.has_perm("datasets.answer_enquiries")
    for action in ("enquiry-take", "enquiry-close"):
        assert client.post(reverse(f"datasets:{action}", args=[enquiry.code])).status_code == (302 if status == 200 else 404)


def test_strangers_are_asked_to_log_in(client):
    response = client.get(reverse("datasets:enquiry-list"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_queue_shows_what_waits_and_filters(client, moderator):
    waiting, feedback = EnquiryFactory(), EnquiryFactory(feedback=True)
    closed = EnquiryFactory(state=EnquiryState.CLOSED)

    def shown(**query):
        return {row.code for row in client.get(reverse("datasets:enquiry-list"), query).context["page"]}

    assert shown() == {waiting.code, feedback.code}
    assert shown(kind="feedback") == {feedback.code}
    assert shown(state="closed") == {closed.code}
    assert shown(state="all") == {waiting.code, feedback.code, closed.code}
    assert shown(state="nonsense") == {waiting.code, feedback.code}
    assert client.get(reverse("datasets:enquiry-list"), {"page": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_the_queue_asks_the_same_queries_however_long(client, moderator, count, django_assert_max_num_queries):
    for _ in range(count):
        EnquiryFactory(dataset=DatasetFactory(), taken_by=UserFactory(), state="in_progress")

    with django_assert_max_num_queries(7):
        assert len(client.get(reverse("datasets:enquiry-list")).context["page"]) == count


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "complaint"},
        {"state": "lost"},
        {"language": "de"},
        {"email": ""},
        {"text": ""},
        {"found": True},
        {"kind": "feedback"},
        {"state": "answered"},
        {"answer": "An answer of nobody."},
    ],
)
def test_the_database_holds_the_rules(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        EnquiryFactory(**row)


def test_a_persons_messages_are_in_their_data_and_go_with_them():
    person = UserFactory(email="asker@example.org")
    own, other = EnquiryFactory(email="Asker@example.org"), EnquiryFactory()

    assert [row["code"] for row in personal_data.export(person)["datasets.enquiries"]] == [own.code]
    personal_data.erase(person)
    assert list(Enquiry.objects.all()) == [other]


def test_an_unconfirmed_address_opens_nobodys_messages():
    thief = UserFactory(email="asker@example.org")
    thief.emailaddress_set.update(verified=False)
    EnquiryFactory(email="asker@example.org")

    assert personal_data.export(thief)["datasets.enquiries"] == []
