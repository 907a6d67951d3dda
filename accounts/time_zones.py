"""The time zones that people choose from: Canada's first, then the world's by region."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Group = tuple[str, list[tuple[str, str]]]

# Translators: Canada's time zones, each with the place that names it.
CANADA = {
    "America/St_Johns": gettext_lazy("Newfoundland (St. John’s)"),
    "America/Halifax": gettext_lazy("Atlantic (Halifax)"),
    "America/Toronto": gettext_lazy("Eastern (Ottawa, Toronto, Montréal, Iqaluit)"),
    "America/Winnipeg": gettext_lazy("Central (Winnipeg)"),
    "America/Regina": gettext_lazy("Central without daylight time (Regina)"),
    "America/Edmonton": gettext_lazy("Mountain (Edmonton, Yellowknife)"),
    "America/Whitehorse": gettext_lazy("Yukon (Whitehorse)"),
    "America/Vancouver": gettext_lazy("Pacific (Vancouver)"),
}
REGIONS = {
    "America": gettext_lazy("Americas"),
    "Europe": gettext_lazy("Europe"),
    "Africa": gettext_lazy("Africa"),
    "Asia": gettext_lazy("Asia"),
    "Australia": gettext_lazy("Australia"),
    "Atlantic": gettext_lazy("Atlantic Ocean"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific Ocean"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Arctic": gettext_lazy("Arctic"),
}


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """The places of the tz database, and UTC; without its aliases of the old days (`EST5EDT`, `Canada/Eastern`)."""
    return frozenset(zone for zone in available_timezones() if zone.partition("/")[0] in REGIONS) | {"UTC"}


def choices(now: datetime) -> list[Group]:
    """Zones in groups, for a `<select>`: Canada, the world's regions in order, UTC. Each with its present offset."""
    groups: list[Group] = [(_("Canada"), [(zone, _with_offset(str(label), zone, now)) for zone, label in CANADA.items()])]
    for region, label in REGIONS.items():
        zones = sorted(zone for zone in known() - CANADA.keys() if zone.startswith(f"{region}/"))
        groups.append((str(label), [(zone, _with_offset(_place(zone), zone, now)) for zone in zones]))
    return [*groups, (_("Other"), [("UTC", _("Coordinated Universal Time (UTC)"))])]


def _place(zone: str) -> str:
    """`America/Argentina/Buenos_Aires` → `Buenos Aires, Argentina`."""
    return ", ".join(reversed(zone.split("/")[1:])).replace("_", " ")


def _with_offset(label: str, zone: str, now: datetime) -> str:
    offset = now.astimezone(ZoneInfo(zone)).strftime("%z")
    return f"{label}, UTC{'−' if offset[0] == '-' else '+'}{offset[1:3]}:{offset[3:5]}"
