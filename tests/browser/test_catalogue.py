"""Journeys through the catalogue, with and without JavaScript."""

import pytest

from opengov.search.indexing import rebuild
from tests.datasets.test_resource_page import geojson, resource_with
from tests.factories.accounts import OrganizationFactory
from tests.factories.datasets import DatasetFactory, ResourceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tides():
    dataset = DatasetFactory(
        published=True, name="tides", title_en="Tides of Fundy", title_fr="Marées de Fundy", owner_org__title_en="Fisheries",
        west=-67.0, south=44.0, east=-63.0, north=46.0,
    )  # fmt: skip
    resource_with(b"day,metres\n2026-01-01,12.5\n", "tides.csv", dataset=dataset, name_en="Heights")
    resource_with(geojson([-65.0, 45.0], [-64.0, 45.5]), "stations.geojson", dataset=dataset, name_en="Stations")
    DatasetFactory.create_batch(24, published=True, owner_org=OrganizationFactory(title_en="Transport"))
    rebuild()
    return dataset


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["script", "no-script"])
def test_from_the_front_page_to_a_preview(new_visitor, tides, options):
    visitor = new_visitor(**options)
    page = visitor.page
    visitor.open("/en/")
    page.get_by_label("Search by topic").fill("tides")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Tides of Fundy").click()
    page.get_by_role("link", name="Heights", exact=True).click()

    assert page.get_by_role("cell", name="12.5").is_visible()
    page.get_by_role("link", name="Français").click()
    assert visitor.path.startswith("/fr/jeux-de-donnees/tides/ressources/")


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["script", "no-script"])
def test_filters_narrow_the_results_and_are_taken_back(new_visitor, tides, options):
    visitor = new_visitor(**options)
    page = visitor.page
    visitor.open("/en/datasets/")
    page.get_by_label("Fisheries").check()
    if options:
        page.get_by_role("button", name="Show results").click()

    page.get_by_text("1 dataset", exact=True).wait_for()
    assert "organization=" in page.url
    page.get_by_role("link", name="Remove the filter").click()
    page.get_by_text("25 datasets", exact=True).wait_for()


def test_filter_keeps_the_focus_and_back_brings_the_results_back(visitor, tides):
    page = visitor.page
    visitor.open("/en/datasets/")
    page.get_by_label("Fisheries").check()
    page.get_by_text("1 dataset", exact=True).wait_for()

    assert page.evaluate("document.activeElement.name") == "organization"
    page.go_back()
    page.get_by_text("25 datasets", exact=True).wait_for()


def test_area_is_drawn_on_the_map(visitor, tides):
    page = visitor.page
    visitor.open("/en/datasets/")
    page.get_by_text("Area", exact=True).click()
    box = page.locator("#area-map").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 180)
    page.mouse.up()
    page.wait_for_url("**box=*")

    west, south, east, north = (float(side) for side in page.get_by_label("West, south").input_value().split(","))
    assert -145 < west < east < -48
    assert 40 < south < north < 84


def test_filters_are_a_sheet_on_a_small_screen(new_visitor, tides):
    visitor = new_visitor(java_script_enabled=False)
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 800})
    visitor.open("/en/datasets/")

    assert not page.get_by_label("Fisheries").is_visible()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Fisheries").check()
    page.get_by_role("button", name="Show results").click()
    assert page.get_by_text("1 dataset", exact=True).is_visible()


def test_map_of_a_preview_can_be_explored(visitor, tides):
    page = visitor.page
    visitor.open("/en/datasets/tides/")
    page.get_by_role("link", name="Stations", exact=True).click()
    page.locator(".leaflet-interactive.feature").first.click()

    assert page.get_by_text("Halifax").first.is_visible()
    visitor.check()


@pytest.mark.parametrize(
    "path",
    [
        "/en/", "/fr/", "/en/datasets/", "/fr/jeux-de-donnees/?q=zzzz", "/en/datasets/?box=1&q=tides", "/en/datasets/tides/",
        "/fr/jeux-de-donnees/tides/", "/en/datasets/tides/history/", "/en/datasets/nothing-said/", "/en/datasets/very-long/",
    ],
)  # fmt: skip
def test_page_is_within_reach_of_everyone(visitor, tides, path):
    DatasetFactory(published=True, name="nothing-said", title_en="", title_fr="", notes_en="", notes_fr="")
    long = DatasetFactory(published=True, name="very-long", title_en="Averylongword" * 54, notes_en="x" * 3000)
    ResourceFactory.create_batch(40, dataset=long, name_en="y" * 300, format="GEOJSON")
    visitor.open(path)
    visitor.page.locator("details").evaluate_all("folds => folds.forEach(fold => fold.open = true)")
    visitor.console.clear() if "box=1" in path else None  # the browser notes the 400 itself

    for scheme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.check()


@pytest.mark.parametrize(
    ("path", "typed", "offered"), [("/en/", "tid", "Tides of Fundy"), ("/fr/jeux-de-donnees/", "marées d", "Marées de Fundy")]
)
def test_words_are_completed_while_one_types(visitor, tides, path, typed, offered):
    visitor.open(path)
    field = visitor.page.locator("input[data-completions]")
    field.press_sequentially(typed)

    visitor.page.wait_for_selector("#completions option", state="attached")
    assert offered in visitor.page.locator("#completions option").evaluate_all("options => options.map(option => option.value)")
    assert field.get_attribute("list") == "completions"
    visitor.check()
