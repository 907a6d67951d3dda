"""Finding datasets through the index, and the index kept true to the database."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.utils import timezone

from datasets.models import Dataset
from datasets.selectors.search import complete, read, search
from opengov import health
from opengov.search import indexing, outbox
from opengov.search.engine import engine
from opengov.search.models import OutboxEntry
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory

pytestmark = pytest.mark.django_db


def make(name, **fields):
    given = {"title_en": name, "title_fr": name, "keywords_en": [], "keywords_fr": [], "notes_en": "", "notes_fr": ""}
    return DatasetFactory(name=name, published=True, **given | fields)


def found(query, language="en"):
    answer = search(read(QueryDict(query), language))
    names = dict(Dataset.objects.values_list("pk", "name"))
    return [names[pk] for pk in answer.ids]


def counts(query, facet):
    answer = search(read(QueryDict(query), "en"))
    return {choice.code: choice.count for choice in answer.facets[facet]}


@pytest.fixture
def lakes():
    make("ice", title_en="Lake ice thickness", title_fr="Épaisseur de la glace", keywords_en=["winter"])
    make("fish", title_en="Fish of the lakes", title_fr="Poissons des lacs", notes_en="Nothing of winter.")
    make("tide", title_en="Tide tables", title_fr="Tables des marées", notes_en="Water of lakes and seas.")
    indexing.reconcile()


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "LAKE", {"ice", "fish", "tide"}),
        ("en", "lake ice", {"ice"}),
        ("en", "lakes NOT fish", {"ice", "tide"}),
        ("en", "fish OR tide", {"fish", "tide"}),
        ("fr", "poissons OU marées", {"fish", "tide"}),
        ("fr", "table ET PAS poisson", {"tide"}),
        ("fr", "epaisseur de la glace", {"ice"}),
        ("fr", "« tables des marées »", {"tide"}),
        ("en", '"ice lake"', set()),
        ("en", '"lake ice"', {"ice"}),
        ("en", "thick*", {"ice"}),
        ("en", "", {"ice", "fish", "tide"}),
        ("en", '( "lake', {"ice", "fish", "tide"}),
    ],
)
def test_words_and_operators_of_both_languages(lakes, language, text, names):
    assert set(found(f"q={text}", language)) == names


def test_title_counts_more_than_keywords_and_these_more_than_the_description(lakes):
    make("gear", title_en="Winter gear")
    indexing.reconcile()

    assert found("q=winter") == ["gear", "ice", "fish"]


def test_some_of_the_words_where_no_dataset_has_all(lakes):
    assert search(read(QueryDict("q=tide volcano"), "en")).is_relaxed
    assert found("q=tide volcano") == ["tide"]


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "thicknes tabels", "thickness tables"),
        ("en", "tabels", "tables"),
        ("en", '"tabels', "tables"),
        ("fr", "epaiseur", "épaisseur"),
    ],
)
def test_misspelt_words_are_mended_where_that_finds_something(lakes, language, typed, meant):
    assert search(read(QueryDict(f"q={typed}"), language)).suggestion == meant


def test_no_word_is_suggested_from_what_is_not_public():
    make("secret", title_en="Submarine", visible_from=timezone.now() + dt.timedelta(days=1))
    indexing.reconcile()

    assert search(read(QueryDict("q=submarin3"), "en")).suggestion == ""
    assert complete("subm", "en") == []
    assert found("") == []


def test_what_is_begun_is_completed_from_titles_and_keywords(lakes):
    assert complete("ti", "en") == ["Tide tables"]
    assert complete("marees ta", "fr") == ["Tables des marées"]


def test_facets_keep_their_counts_when_one_of_their_choices_is_taken():
    nrcan = OrganizationFactory(name="nrcan-rncan")
    other = OrganizationFactory(name="nrcan")
    for name, frequency, organization in (("a", "P1M", nrcan), ("b", "P1Y", nrcan), ("c", "P1Y", other)):
        ResourceFactory(dataset=make(name, frequency=frequency, owner_org=organization), format="CSV")
    indexing.reconcile()

    assert counts("frequency=P1M", "frequency") == {"P1M": 1, "P1Y": 2}
    assert counts("frequency=P1M", "organization") == {"nrcan-rncan": 1}
    assert counts("organization=nrcan-rncan", "format") == {"CSV": 2}
    assert set(found("frequency=P1M&frequency=P1Y&organization=nrcan-rncan")) == {"a", "b"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("published_from=2020-01-02", {"new"}),
        ("published_to=2020-01-01", {"old"}),
        ("covers_from=1990-01-01&covers_to=1990-12-31", {"old"}),
        ("box=-64,44,-60,46", {"old"}),
        ("box=170,-20,-170,-10", {"new"}),
        ("box=0,0,10,10", set()),
    ],
)
def test_filters_by_date_and_by_box(query, names):
    make(
        "old", date_published=dt.date(2020, 1, 1), west=-66, south=43, east=-59, north=47,
        time_period_coverage_start=dt.date(1985, 1, 1), time_period_coverage_end=dt.date(1995, 1, 1),
    )  # fmt: skip
    make("new", date_published=dt.date(2021, 1, 1), west=175, south=-18, east=-179, north=-12)
    indexing.reconcile()

    assert set(found(query)) == names


def test_orders():
    make("b", title_en="Éclair 10", popularity=3, date_modified=dt.date(2020, 1, 1))
    make("a", title_en="eclair 9", popularity=1, date_modified=dt.date(2022, 1, 1))
    indexing.reconcile()

    assert found("sort=title") == ["a", "b"]
    assert found("sort=popularity") == ["b", "a"]
    assert found("sort=modified") == ["a", "b"]


def test_dataset_page_shows_similar_datasets(client):
    make("one", title_en="Snow crab trap survey")
    make("two", title_en="Snow crab trawl survey")
    make("three", title_en="Payroll")
    indexing.reconcile()
    page = client.get("/en/datasets/one/")

    assert [similar.url for similar in page.context["page"].similar] == ["/en/datasets/two/"]
    assert "Similar datasets" in page.content.decode()


def test_what_changed_is_found_after_the_commit(django_capture_on_commit_callbacks):
    dataset = make("draft")
    with django_capture_on_commit_callbacks(execute=True):
        outbox.queue([dataset.pk])
    assert found("q=draft") == ["draft"]

    Dataset.objects.update(state="withdrawn", withdrawn_at=timezone.now(), withdrawal_reason_en="x", withdrawal_reason_fr="x")
    with django_capture_on_commit_callbacks(execute=True):
        outbox.queue([dataset.pk])
    assert found("q=draft") == []
    assert not OutboxEntry.objects.exists()


def test_index_answers_while_another_is_built_and_a_failed_build_changes_nothing():
    make("kept")
    indexing.rebuild()
    make("later")

    def broken(documents, number):
        yield next(iter(documents))
        assert found("") == ["kept"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        indexing.rebuild(broken)
    assert found("") == ["kept"]
    indexing.rebuild()
    assert set(found("")) == {"kept", "later"}


def test_drift_is_reported_then_mended(capsys):
    gone, changed = make("gone"), make("changed")
    indexing.rebuild()
    gone.delete()
    Dataset.objects.filter(pk=changed.pk).update(title_en="Altered", metadata_modified=timezone.now() + dt.timedelta(1))
    make("missing")

    with pytest.raises(CommandError, match="drifted"):
        call_command("reconcile_index", "--dry-run")
    assert "Drift 3: 1 missing, 1 surplus, 1 stale." in capsys.readouterr().out
    call_command("reconcile_index")
    assert indexing.drift().total == 0
    assert found("q=altered") == ["changed"]


def test_readiness_tells_of_the_index():
    assert health.report()["search"].facts == {"drift": 0, "waiting": 0}
    make("one")
    assert not health.report()["search"].is_well

    call_command("rebuild_index", verbosity=0)
    assert health.report()["search"].facts == {"drift": 0, "waiting": 0}
    assert engine().is_present()
