import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.personal_data import erase, export
from engagement.models import HumanCheck
from engagement.moderation import kind_of
from engagement.services import moderation
from requests_app.models import DataRequest, RequestVote, StatusChange
from tests.factories.accounts import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.requests_app import DataRequestFactory, StatusChangeFactory

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"requests:{name}", args=args)


@pytest.fixture
def citizen(client):
    user = UserFactory()
    client.force_login(user)
    return user


WORDS = {"kind": "request", "title": "Hourly river levels", "description": "Of all rivers.", "reason": "scientific"}


def test_a_request_waits_for_moderation(client, citizen):
    page = client.post(at("request-create"), WORDS, follow=True)

    row = DataRequest.objects.get()
    assert (row.author, row.language, row.moderation) == (citizen, "en", "pending")
    assert "A moderator looks" in page.content.decode()
    client.logout()
    assert client.get(row.get_absolute_url()).status_code == 404
    assert row.title not in client.get(at("request-list")).content.decode()


def test_similar_ones_are_shown_first_and_nothing_is_lost(client, citizen):
    DataRequestFactory(title="River levels by the hour")

    page = client.post(at("request-create"), WORDS)

    assert "River levels by the hour" in page.content.decode()
    assert "Of all rivers." in page.content.decode()
    assert DataRequest.objects.count() == 1
    client.post(at("request-create"), WORDS | {"anyway": "1"})
    assert DataRequest.objects.count() == 2


def test_an_empty_request_is_refused_with_words(client, citizen):
    page = client.post(at("request-create"), {"kind": "request"})
    assert page.status_code == 422
    assert not DataRequest.objects.exists()


def test_the_board_has_what_was_approved_with_filters_and_sorts(client):
    department = OrganizationFactory()
    few = DataRequestFactory(title="Bridges", description="All.", votes_counted=1, organization=department)
    many = DataRequestFactory(title="Rivers", votes_counted=5, description="By the hour")
    DataRequestFactory(title="Secret", moderation="pending")

    def titles(**query):
        return [row.title for row in client.get(at("request-list"), query).context["rows"]]

    assert titles() == ["Rivers", "Bridges"]
    assert titles(sort="oldest") == ["Bridges", "Rivers"]
    assert titles(organization=department.name) == ["Bridges"]
    assert titles(q="hour rivers") == ["Rivers"]
    assert titles(q="nothing") == []
    assert few.pk < many.pk


def test_words_are_found_without_accents_and_endings_in_the_language_of_the_request(client):
    DataRequestFactory(title="Qualité de l'air près des écoles", description="Des mesures.", language="fr")
    DataRequestFactory(title="Hourly levels of rivers", description="All.")

    def titles(q):
        return [row.title[:6] for row in client.get(at("request-list"), {"q": q}).context["rows"]]

    assert titles("qualite ecole") == ["Qualit"]
    assert titles("la mesure de l’air") == ["Qualit"]
    assert titles("the level of a river") == ["Hourly"]
    assert titles("riv") == ["Hourly"]
    assert titles("river of nowhere") == []
    assert len(titles("  ? ")) == 2


def test_what_a_moderator_edits_is_found_as_it_is_now(client):
    row = DataRequestFactory(title="Brdges", moderation="pending")
    said = {"kind": kind_of("requests"), "pk": row.pk, "moderator": UserFactory(), "now": timezone.now()}
    moderation.approve(**said, texts={"title": "Bridges"})
    moderation.approve(**said, texts={"title": "Tunnels"})
    assert [len(client.get(at("request-list"), {"q": q}).context["rows"]) for q in ("tunnel", "bridge")] == [1, 0]


def test_each_filter_counts_what_it_would_show_with_the_others(client):
    one, two = OrganizationFactory.create_batch(2)
    DataRequestFactory(organization=one, status="sent")
    DataRequestFactory(organization=one)
    DataRequestFactory(organization=two, kind="idea")

    def choices(name, **query):
        form = client.get(at("request-list"), query).context["form"]
        return [str(label) for _value, label in form.fields[name].widget.choices]

    assert choices("status") == ["All", "Received (2)", "Sent to the data owner (1)"]
    assert choices("status", organization=two.name) == ["All", "Received (1)"]
    assert choices("organization", status="sent") == ["All", f"{one} (1)"]
    assert choices("organization", status="sent", organization=two.name) == ["All", f"{one} (1)", f"{two} (0)"]
    assert choices("kind", organization=one.name) == ["All", "Request for data (2)"]


def test_the_csv_has_what_the_board_shows_and_nobody_s_name(client):
    asker, department = UserFactory(display_name="Ada"), OrganizationFactory()
    DataRequestFactory(title="=Levels", author=asker, owner=UserFactory(display_name="Bo"), organization=department)
    DataRequestFactory(title="Other")
    DataRequestFactory(title="Secret", moderation="pending", organization=department)

    text = client.get(at("request-csv"), {"organization": department.name}).content.decode()

    assert len(text.splitlines()) == 2
    assert "'=Levels" in text
    assert not [name for name in ("Ada", "Bo", asker.email, "Other", "Secret") if name in text]


def test_a_merged_request_leads_on(client):
    target = DataRequestFactory()
    merged = DataRequestFactory(merged_into=target)
    response = client.get(merged.get_absolute_url())
    assert (response.status_code, response.url) == (301, target.get_absolute_url())
    assert [row.pk for row in client.get(at("request-list")).context["rows"]] == [target.pk]


def test_a_search_that_finds_nothing_offers_to_ask_with_its_words(client, citizen):
    page = client.get(reverse("datasets:dataset-list"), {"q": "zqx levels"}).content.decode()
    assert f"{at('request-create')}?title=zqx%20levels" in page
    assert 'value="zqx levels"' in client.get(at("request-create"), {"title": "zqx levels"}).content.decode()
    board = client.get(at("request-list"), {"q": "zqx", "sort": "newest"}).content.decode()
    assert f"{at('request-create')}?title=zqx" in board


def test_a_subject_and_an_organization_show_what_they_are_asked_for(client):
    department = OrganizationFactory()
    DataRequestFactory(title="Open one", organization=department, subject="transport")
    DataRequestFactory(title="Answered one", organization=department, subject="transport", status="not_held")
    for address in (department.get_absolute_url(), reverse("datasets:subject-detail", args=["transport"])):
        page = client.get(address).content.decode()
        assert "Open one" in page
        assert "Answered one" not in page


def test_what_is_like_a_french_title_is_found_by_its_stems(client, citizen):
    DataRequestFactory(title="Niveaux horaires des rivières", description="Tous.", language="fr")
    DataRequestFactory(title="Les écoles", description="Toutes.", language="fr")
    page = client.get(at("request-similar"), {"title": "le niveau d'une riviere"}).content.decode()
    assert "Niveaux horaires" in page
    assert "Les écoles" not in page


def test_what_one_answered_is_in_one_s_data_and_goes_with_the_account():
    person = UserFactory()
    change = StatusChangeFactory(actor=person)
    row = DataRequestFactory(title="Owned", owner=person)
    found = export(person)
    assert found["requests.answers"][0]["comment_fr"] == change.comment_fr
    assert found["requests.owned"][0]["request"] == "Owned"
    erase(person)
    assert StatusChange.objects.get().actor is None
    row.refresh_from_db()
    assert row.owner is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_as_many_queries_for_one_as_for_three(client, citizen, rows, django_assert_max_num_queries):
    DataRequestFactory.create_batch(rows, organization=OrganizationFactory())
    with django_assert_max_num_queries(19):
        client.get(at("request-list"))


def test_a_first_vote_asks_for_a_check_and_a_mailed_code_will_do(client, citizen, django_capture_on_commit_callbacks):
    thing = DataRequestFactory()
    vote = reverse("engagement:vote-cast", args=["requests", thing.pk])
    check = reverse("engagement:vote-check", args=["requests", thing.pk])
    assert client.post(vote).url == check
    assert not RequestVote.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("engagement:vote-code", args=["requests", thing.pk]))
    code = mail.outbox[-1].body.split("\n\n")[1].strip()
    assert client.post(check, {"by": "code", "code": "000000" if code != "000000" else "111111"}).status_code == 422
    page = client.post(check, {"by": "code", "code": code}, follow=True)

    assert RequestVote.objects.get().voter == citizen
    assert "<strong>1</strong>" in page.content.decode()


@pytest.mark.parametrize(("status", "words"), [("under_review", "Sign in to vote"), ("unable", "Voting is closed")])
def test_only_what_is_open_invites_to_vote(client, status, words):
    thing = DataRequestFactory(status=status)
    for address in (at("request-list"), thing.get_absolute_url()):
        page = client.get(address).content.decode()
        assert words in page
        assert ("Sign in to vote" in page) == (status == "under_review")


def test_who_was_checked_votes_at_once_and_takes_it_back(client, citizen):
    thing = DataRequestFactory(votes_counted=4)
    HumanCheck.objects.create(user=citizen, passed_at=timezone.now(), way="code")

    page = client.post(reverse("engagement:vote-cast", args=["requests", thing.pk]), follow=True)
    assert "take it back" in page.content.decode()

    client.post(reverse("engagement:vote-withdraw", args=["requests", thing.pk]))
    assert RequestVote.objects.get().withdrawn_at


def test_the_department_answers_in_both_languages(client):
    department = OrganizationFactory()
    editor = MembershipFactory(organization=department, role="editor").user
    thing, dataset = DataRequestFactory(organization=department), DatasetFactory(published=True)
    client.force_login(editor)
    said = {"status": "published", "comment_en": "Here it is.", "comment_fr": "Le voici.", "dataset": dataset.name}

    assert client.post(at("request-answer", thing.pk), said | {"comment_fr": ""}).status_code == 422
    assert client.post(at("request-answer", thing.pk), said | {"dataset": ""}).status_code == 422
    assert not StatusChange.objects.exists()
    page = client.post(at("request-answer", thing.pk), said, follow=True)

    assert "Here it is." in page.content.decode()
    row = DataRequest.objects.get()
    assert (row.status, row.dataset, row.changes.get().actor) == ("published", dataset, editor)


def test_a_transfer_hands_the_request_on(client):
    department, other = OrganizationFactory.create_batch(2)
    thing = DataRequestFactory(organization=department)
    client.force_login(MembershipFactory(organization=department, role="editor").user)
    words = {"comment_en": "Theirs.", "comment_fr": "C'est à eux."}

    client.post(at("request-answer", thing.pk), words | {"status": "transferred", "organization": other.name})

    assert DataRequest.objects.get().organization == other
    assert client.get(at("request-answer", thing.pk)).status_code == 404


def test_a_trusted_writer_is_on_the_board_at_once():
    author = UserFactory()
    for _ in range(3):
        row = DataRequestFactory(author=author, moderation="pending")
        moderation.approve(kind=kind_of("requests"), pk=row.pk, moderator=UserFactory(), now=timezone.now())
    new = DataRequestFactory.build(author=None)
    moderation.submit(kind=kind_of("requests"), item=new, author=author, now=timezone.now())
    assert new.is_shown


def test_a_dataset_shows_the_requests_that_it_answers(client):
    dataset = DatasetFactory(published=True)
    DataRequestFactory(title="Hourly levels", dataset=dataset, status="published", votes_counted=7)
    DataRequestFactory(title="Secret", dataset=dataset, status="published", moderation="pending")

    page = client.get(dataset.get_absolute_url()).content.decode()

    assert "Hourly levels" in page
    assert "7 votes" in page
    assert "Secret" not in page


def test_the_front_page_shows_what_most_people_wait_for(client):
    DataRequestFactory(title="Hourly levels", votes_counted=7)
    DataRequestFactory(title="Answered", status="not_held", votes_counted=9)

    page = client.get(reverse("datasets:home")).content.decode()

    assert "Hourly levels" in page
    assert "Answered" not in page
