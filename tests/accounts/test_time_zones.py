from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from accounts import time_zones

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)


def test_canada_comes_first_and_each_zone_once():
    groups = time_zones.choices(WINTER)
    zones = [zone for _, options in groups for zone, _ in options]

    assert [zone for zone, _ in groups[0][1]] == list(time_zones.CANADA)
    assert len(zones) == len(set(zones))
    assert set(zones) == time_zones.known()
    for zone in zones:
        ZoneInfo(zone)


def test_offsets_are_those_of_the_day():
    winter, summer = (dict(time_zones.choices(day)[0][1])["America/St_Johns"] for day in (WINTER, SUMMER))

    assert winter.endswith("UTC−03:30")
    assert summer.endswith("UTC−02:30")


def test_places_read_as_places():
    options = dict(dict(time_zones.choices(WINTER))["Americas"])

    assert options["America/Argentina/Buenos_Aires"] == "Buenos Aires, Argentina, UTC−03:00"
