from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import translation

from accounts.activity import activity, record, sentence_of, verbs
from accounts.models import Activity
from accounts.selectors import activity as log
from tests.factories.accounts import AppointmentFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def administrator(client):
    user = AppointmentFactory().user
    client.force_login(user)
    return user


def _rows(count, person, verb="person.update", step=timedelta(minutes=1)):
    Activity.objects.bulk_create(activity(verb, person, person, now=NOW - step * n) for n in range(count))


def test_every_verb_of_people_reads_as_a_sentence_in_both_languages(person):
    for verb in verbs():
        row = activity(
            verb, person, person, details={"role": "editor", "organization": "org", "title_en": "Org", "title_fr": "Org"}
        )
        for language in ("en", "fr"):
            with translation.override(language):
                sentence = sentence_of(row)
            assert sentence != verb
            assert "%(" not in sentence


def test_a_sentence_survives_the_people_in_it(person):
    row = activity("membership.grant", person, None, details={"role": "editor", "organization": "parks"})
    row.target_label = ""

    assert sentence_of(row) == "Somebody gave a person who has left the role “Editor” in parks"


def test_a_thing_with_two_names_is_called_by_the_one_of_the_readers_language(person):
    with translation.override("en"):
        row = record("organization.update", OrganizationFactory(title_en="Parks", title_fr="Parcs"), person)

    for language, name in (("en", "Parks"), ("fr", "Parcs")):
        with translation.override(language):
            assert name in sentence_of(Activity.objects.get(pk=row.pk))


def test_the_name_of_a_person_stands_in_the_log_once(person):
    assert activity("person.update", person, person).details == {}


def test_an_unknown_verb_reads_as_itself(person):
    assert sentence_of(activity("hat.lift", person, person)) == "hat.lift"


@pytest.mark.parametrize("step", [timedelta(minutes=1), timedelta()], ids=["one by one", "all at one moment"])
def test_pages_show_each_row_once_from_the_newest_to_the_oldest(person, step):
    _rows(120, person, step=step)
    seen, cursor = [], ""

    while True:
        page = log.page(Activity.objects.all(), before=cursor)
        seen += page.rows
        cursor = page.older
        if not cursor:
            break

    assert seen == list(Activity.objects.order_by("-at", "-pk"))
    assert len(seen) == 120


@pytest.mark.parametrize(
    "cursor", ["nonsense", "~", "2026-11-23~5", "2026-13-45T00:00:00+00:00~1", "2026-11-23T00:00:00+00:00~x", "\x00"]
)
def test_a_cursor_that_makes_no_sense_is_the_beginning(person, cursor):
    _rows(2, person)

    assert len(log.page(Activity.objects.all(), before=cursor).rows) == 2


@pytest.mark.parametrize("count", [1, 50])
def test_the_log_asks_the_same_queries_on_any_page(client, administrator, count, django_assert_num_queries):
    _rows(count, UserFactory())

    with django_assert_num_queries(6):
        page = client.get("/en/account/activity-log/")

    assert len(page.context["page"].rows) == count


def test_filters_by_verb_person_thing_and_days(client, administrator):
    ada, alan = UserFactory(), UserFactory()
    record("person.update", ada, ada, now=datetime(2026, 11, 20, 5, 30, tzinfo=UTC))  # past midnight in Toronto
    record("membership.grant", ada, alan, now=NOW)
    record("person.update", alan, alan, now=NOW)

    def found(**query):
        rows = client.get("/en/account/activity-log/", query).context["page"].rows
        return sorted((row.verb, row.actor.email) for row in rows)

    update, grant = ("person.update", ada.email), ("membership.grant", alan.email)
    assert found(verb="membership.grant") == [grant]
    assert found(person=ada.email.upper()) == [update]
    assert found(target_type="accounts.user", target_id=ada.pk) == [grant, update]
    assert found(since="2026-11-20", until="2026-11-20") == [update]
    assert found(since="2026-11-19", until="2026-11-19") == []
    assert len(found()) == 3


@pytest.mark.parametrize(
    "query",
    ["verb=nothing", "person=nobody@example.org", "since=yesterday", "since=2026-11-20&until=2026-11-19", "target_id=%00"],
)
def test_a_wrong_filter_says_so_and_shows_nothing(client, administrator, query):
    _rows(1, administrator)

    page = client.get(f"/en/account/activity-log/?{query}")

    assert page.status_code == 422
    assert page.context["page"].rows == []
    assert 'role="alert"' in page.content.decode()


def test_the_next_page_keeps_the_filters(client, administrator):
    _rows(60, administrator)

    page = client.get("/en/account/activity-log/?verb=person.update").content.decode()

    assert "verb=person.update&amp;before=" in page


def test_people_see_what_they_did_and_what_was_done_to_them_only(client, person):
    other = UserFactory()
    record("person.update", person, person)
    record("membership.grant", person, other)
    record("person.update", other, other)
    client.force_login(person)

    rows = client.get("/en/account/activity/").context["page"].rows

    assert {row.verb for row in rows} == {"person.update", "membership.grant"}
    assert len(rows) == 2


@pytest.mark.parametrize("filters", [{}, {"verb": "person.update"}, {"target_type": "accounts.user", "target_id": "x"}])
def test_each_filter_has_an_index_to_walk(person, filters):
    """A page of a million rows costs what it shows: no full scan, and no sort of everything."""
    _rows(3, person)
    rows = log.log(filters).order_by("-at", "-pk")[:51]

    plan = rows.explain()

    if connection.vendor == "sqlite":
        assert "USING INDEX" in plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan
