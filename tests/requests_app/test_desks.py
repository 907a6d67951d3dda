from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from opengov.search.indexing import rebuild
from requests_app.models import DataRequest, StatusChange, Turn
from tests.factories.accounts import MembershipFactory, OrganizationFactory
from tests.factories.datasets import DatasetFactory
from tests.factories.gates import people_of, released_dataset
from tests.factories.requests_app import DataRequestFactory, RequestCommentFactory, TurnFactory
from tests.factories.staff import staff

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
WORDS = {"comment_en": "Here.", "comment_fr": "Voici."}


def at(name, *args):
    return reverse(f"requests:{name}", args=args)


@pytest.fixture
def department():
    return OrganizationFactory()


@pytest.fixture
def editor(client, department):
    user = MembershipFactory(organization=department, role="editor").user
    client.force_login(user)
    return user


def asked(department, *, due_in, ago=0, **columns):
    row = DataRequestFactory(organization=department, due_on=TODAY + timedelta(days=due_in), **columns)
    TurnFactory(request=row, organization=department, began_at=NOW - timedelta(days=ago))
    return row


def titles(client, department, **query):
    return [line["thing"].title for line in client.get(at("desk", department.name), query).context["lines"]]


def test_what_is_overdue_stands_first_and_filters_keep_their_part(client, department, editor):
    asked(department, due_in=9, title="Later", ago=20, status="under_review")
    asked(department, due_in=-2, title="Overdue", ago=40, owner=editor)
    asked(department, due_in=30, title="New")
    asked(OrganizationFactory(), due_in=1, title="Of others")
    asked(department, due_in=1, title="Answered", status="not_held")
    asked(department, due_in=1, title="Secret", moderation="pending")

    RequestCommentFactory.create_batch(2, thing=DataRequest.objects.get(title="New"))
    RequestCommentFactory(thing=DataRequest.objects.get(title="New"), moderation="pending")

    assert "2 comments" in client.get(at("desk", department.name)).content.decode()
    assert titles(client, department) == ["Overdue", "Later", "New"]
    assert titles(client, department, show="overdue") == ["Overdue"]
    assert titles(client, department, show="mine") == ["Overdue"]
    assert titles(client, department, show="unowned") == ["Later", "New"]
    assert titles(client, department, show="new") == ["New"]
    assert titles(client, department, status="under_review") == ["Later"]


def test_what_came_since_the_last_visit_is_new_until_the_next(client, department, editor, time_machine):
    time_machine.move_to(NOW)
    asked(department, due_in=30, title="Seen", ago=1)
    assert titles(client, department, show="new") == ["Seen"]
    time_machine.move_to(NOW + timedelta(days=1))
    TurnFactory(request=DataRequestFactory(title="Fresh", organization=department), organization=department)
    assert titles(client, department, show="new") == ["Fresh"]
    assert titles(client, department, show="new") == ["Fresh"]


@pytest.mark.parametrize("rows", [1, 20])
def test_a_desk_costs_the_same_however_much_lies_on_it(client, department, editor, rows, django_assert_max_num_queries):
    for _ in range(rows):
        asked(department, due_in=3, owner=editor)
    with django_assert_max_num_queries(20):
        client.get(at("desk", department.name))


def test_the_department_says_who_of_its_people_sees_to_a_request(client, department, editor):
    row, stranger = asked(department, due_in=3), MembershipFactory().user
    assert client.post(at("request-owner", row.pk), {"owner": stranger.pk}).status_code == 422
    client.post(at("request-owner", row.pk), {"owner": editor.pk})
    row.refresh_from_db()
    assert row.owner == editor
    assert editor.display_name in client.get(row.get_absolute_url()).content.decode()


def test_a_moderator_sends_a_request_without_a_department_to_one(client, department):
    row = DataRequestFactory(title="Whose is it?")
    client.force_login(staff("moderator"))
    assert "Whose is it?" in client.get(at("desk-list")).content.decode()

    client.post(at("request-department", row.pk), {"organization": department.name})

    row.refresh_from_db()
    assert (row.organization, Turn.objects.get().organization) == (department, department)
    assert client.get(at("request-department", row.pk)).status_code == 404
    assert department.title_en in client.get(at("desk-list")).content.decode()


def test_the_answer_form_finds_a_dataset_and_shows_what_the_public_will_see(client, department, editor):
    dataset = DatasetFactory(published=True, title_en="Hourly water levels")
    rebuild()
    row = asked(department, due_in=3)

    found = client.post(at("request-answer", row.pk), WORDS | {"find": "water", "look": "1", "status": "published"})
    assert f'value="{dataset.name}"' in found.content.decode()
    assert "Voici." in found.content.decode()
    said = WORDS | {"status": "published", "dataset": dataset.name}
    seen = client.post(at("request-answer", row.pk), said | {"preview": "1"}).content.decode()
    assert "This is what the public will see" in seen
    assert not StatusChange.objects.exists()
    client.post(at("request-answer", row.pk), said)
    assert DataRequest.objects.get().dataset == dataset


def test_an_address_of_a_dataset_finds_it_too(client, department, editor):
    dataset = DatasetFactory(published=True)
    row = asked(department, due_in=3)
    found = client.post(at("request-answer", row.pk), {"find": dataset.get_absolute_url(), "look": "1"})
    assert f'value="{dataset.name}"' in found.content.decode()


def test_who_works_on_it_owes_a_due_date(client, department, editor):
    row = asked(department, due_in=3)
    said = WORDS | {"status": "in_progress", "due_on": ""}
    assert client.post(at("request-answer", row.pk), said).status_code == 422
    assert client.post(at("request-answer", row.pk), said | {"due_on": "2027-01-15"}).status_code == 302
    assert str(DataRequest.objects.get().due_on) == "2027-01-15"


def test_an_idea_is_carried_out_without_a_dataset(client, department, editor):
    row = asked(department, due_in=3, kind="idea")
    assert "It is carried out." in client.get(at("request-answer", row.pk)).content.decode()
    assert client.post(at("request-answer", row.pk), WORDS | {"status": "published"}).status_code == 302


def test_a_release_is_offered_as_the_answer_to_what_it_is_like(client):
    department = OrganizationFactory()
    people = people_of(department)
    dataset = released_dataset(people, title_en="Levels of rivers", title_fr="Niveaux des rivières")
    asked(department, due_in=3, title="Roads", votes_counted=90)
    row = asked(department, due_in=3, title="Le niveau d'une rivière", language="fr")
    asked(OrganizationFactory(), due_in=3, title="Levels of others")
    revision = dataset.revisions.get()

    client.force_login(people["editor"])
    page = client.get(reverse("datasets:revision-detail", args=[revision.pk])).content.decode()
    offered = f"{at('request-answer', row.pk)}?dataset={dataset.name}"
    assert page.index(offered) < page.index("Roads")
    assert "Levels of others" not in page
    form = client.get(offered).context["form"]
    assert (form["dataset"].value(), form["status"].value()) == (dataset.name, "published")
    client.force_login(people["reviewer"])
    assert offered not in client.get(reverse("datasets:revision-detail", args=[revision.pk])).content.decode()
