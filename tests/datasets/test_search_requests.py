from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Organization
from datasets.selectors.search_requests import FACETS, Box, DateRange, SearchRequest, read

pytestmark = pytest.mark.django_db


def asked(query: str) -> SearchRequest:
    return read(QueryDict(query), "en")


def complaints(query: str) -> list[str]:
    return [error.parameter for error in asked(query).errors]


def test_everything_that_can_be_asked_is_understood():
    Organization.objects.create(name="nrcan-rncan", title_en="Natural Resources Canada")

    request = asked(
        "q=+air++quality&organization=nrcan-rncan&format=CSV&format=XML&openness=3&region=3&box=-80,43,-79,44"
        "&published_from=2020-02&published_to=2020-02&covers_from=1999&sort=title&page=3&rows=50&unrelated=x"
    )

    assert request == SearchRequest(
        text="air quality",
        language="en",
        filters={"organization": ("nrcan-rncan",), "format": ("CSV", "XML"), "openness": ("3",), "region": ("3",)},
        box=Box(-80, 43, -79, 44),
        dates={
            "published": DateRange(date(2020, 2, 1), date(2020, 2, 29)),
            "covers": DateRange(date(1999, 1, 1), None),
        },
        sort="title",
        page=3,
        rows=50,
    )


def test_nothing_asked_is_everything_latest_first():
    assert asked("") == SearchRequest()
    assert asked("q=census").sort == "relevance"
    assert asked("sort=relevance").sort == "modified"


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("format=CSV&format=nonsense", ["format"]),
        ("organization=nobody", ["organization"]),
        ("organization=a%00b", ["organization"]),
        ("openness=6", ["openness"]),
        ("box=1,2,3", ["box"]),
        ("box=a,b,c,d", ["box"]),
        ("box=nan,0,1,1", ["box"]),
        ("box=inf,0,1,1", ["box"]),
        ("box=-181,0,1,1", ["box"]),
        ("box=0,50,1,40", ["box"]),
        ("published_from=yesterday", ["published_from"]),
        ("published_to=2023-02-30", ["published_to"]),
        ("published_from=0000", ["published_from"]),
        ("modified_from=2024&modified_to=2023", ["modified_to"]),
        ("sort=colour", ["sort"]),
        ("rows=7", ["rows"]),
        ("page=0", ["page"]),
        ("page=-1", ["page"]),
        ("page=١", ["page"]),
        ("page=501", ["page"]),
        ("page=99999999999999999999", ["page"]),
        ("q=" + "a" * 301, ["q"]),
    ],
)
def test_what_cannot_be_understood_is_said_by_parameter_and_left_out(query, parameters):
    assert complaints(query) == parameters


def test_a_box_may_cross_the_180th_meridian():
    assert asked("box=170,50,-130,70").box == Box(170, 50, -130, 70)


def test_control_characters_are_spaces_and_letters_are_composed():
    assert asked("q=a%00b%0Ac").text == "a b c"
    assert asked("q=qualite%CC%81").text == "qualité"


def test_links_to_other_searches_keep_the_rest_and_return_to_the_first_page():
    request = asked("q=lakes&format=CSV&box=-80,43,-79,44&page=4&sort=title")

    assert request.toggled("format", "XML").query_string() == "?q=lakes&format=CSV&format=XML&box=-80%2C43%2C-79%2C44&sort=title"
    assert request.toggled("format", "CSV").query_string() == "?q=lakes&box=-80%2C43%2C-79%2C44&sort=title"
    assert request.cleared("format").query_string() == "?q=lakes&box=-80%2C43%2C-79%2C44&sort=title"
    assert request.cleared().query_string() == "?q=lakes&sort=title"
    assert request.at(5).query_string().endswith("&page=5")
    assert request.asking("rivers").query_string().startswith("?q=rivers&format=CSV")


class AnyQuery(TestCase):
    @given(
        st.dictionaries(st.sampled_from(["q", "box", "page", "rows", "sort", "published_from", "covers_to", *FACETS]), st.text())
    )
    def test_no_query_raises_and_the_canonical_one_means_the_same(self, query):
        parameters = QueryDict(mutable=True)
        parameters.update(query)

        request = read(parameters, "fr")
        again = read(QueryDict(request.query_string()[1:]), "fr")

        assert not again.errors
        assert again.parameters() == request.parameters()
