import pytest
from django.core.management import call_command

from datasets.extent_map import CANADA, WORLD, extent_map
from datasets.management.commands import draw_maps


def test_extent_in_canada_stands_on_the_map_of_canada():
    drawn = extent_map(-120, 49, -110, 60)

    assert drawn.sheet is CANADA
    assert [(box.x, box.y, box.width, box.height) for box in drawn.boxes] == [(125, 210, 50, 96.2)]


def test_extent_beyond_stands_on_the_map_of_the_world_and_is_cut_at_its_edge():
    (box,) = extent_map(-180, -90, 180, 90).boxes

    assert (box.x, box.y, box.width, box.height) == (0, 0, WORLD.width, pytest.approx(WORLD.height))


def test_extent_across_the_180th_meridian_is_two_boxes():
    drawn = extent_map(170, -10, -170, 10)

    assert [(box.x, box.width) for box in drawn.boxes] == [(700, 20), (0, 20)]


def test_extent_of_a_town_is_a_mark():
    (box,) = extent_map(-75.8, 45.3, -75.6, 45.5).boxes

    assert box.is_point
    assert (box.middle_x, box.middle_y) == (346.5, 337.8)


def test_maps_are_those_that_the_command_draws(tmp_path, monkeypatch):
    (tmp_path / "outline.geojson").write_bytes((draw_maps.FOLDER / "outline.geojson").read_bytes())
    committed = {path.name: path.read_text("utf-8") for path in draw_maps.FOLDER.glob("map-*.svg")}
    monkeypatch.setattr(draw_maps, "FOLDER", tmp_path)
    call_command("draw_maps", verbosity=0)

    assert {path.name: path.read_text("utf-8") for path in tmp_path.glob("map-*.svg")} == committed
