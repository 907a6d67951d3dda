"""Provinces, territories and the largest cities: where figures lie, and how large the places are beside one another."""

from typing import NamedTuple

from .content import Text


class Region(NamedTuple):
    """A province or a city; `people` is its population in thousands, rounded."""

    name: Text
    latitude: float
    longitude: float
    people: int


PROVINCES = {
    "nl": Region(Text("Newfoundland and Labrador", "Terre-Neuve-et-Labrador"), 53.14, -57.66, 540),
    "pe": Region(Text("Prince Edward Island", "Île-du-Prince-Édouard"), 46.51, -63.42, 178),
    "ns": Region(Text("Nova Scotia", "Nouvelle-Écosse"), 44.68, -63.74, 1080),
    "nb": Region(Text("New Brunswick", "Nouveau-Brunswick"), 46.57, -66.46, 855),
    "qc": Region(Text("Quebec", "Québec"), 52.94, -73.55, 9100),
    "on": Region(Text("Ontario", "Ontario"), 51.25, -85.32, 16100),
    "mb": Region(Text("Manitoba", "Manitoba"), 53.76, -98.81, 1500),
    "sk": Region(Text("Saskatchewan", "Saskatchewan"), 52.94, -106.45, 1250),
    "ab": Region(Text("Alberta", "Alberta"), 53.93, -116.58, 4950),
    "bc": Region(Text("British Columbia", "Colombie-Britannique"), 53.73, -127.65, 5700),
    "yt": Region(Text("Yukon", "Yukon"), 64.28, -135.0, 47),
    "nt": Region(Text("Northwest Territories", "Territoires du Nord-Ouest"), 64.83, -124.85, 45),
    "nu": Region(Text("Nunavut", "Nunavut"), 70.3, -83.11, 41),
}

CITIES = (
    Region(Text("Toronto", "Toronto"), 43.65, -79.38, 2795),
    Region(Text("Montreal", "Montréal"), 45.5, -73.57, 1763),
    Region(Text("Calgary", "Calgary"), 51.05, -114.07, 1307),
    Region(Text("Ottawa", "Ottawa"), 45.42, -75.7, 1017),
    Region(Text("Edmonton", "Edmonton"), 53.55, -113.49, 1011),
    Region(Text("Winnipeg", "Winnipeg"), 49.9, -97.14, 750),
    Region(Text("Mississauga", "Mississauga"), 43.59, -79.64, 718),
    Region(Text("Vancouver", "Vancouver"), 49.28, -123.12, 662),
    Region(Text("Brampton", "Brampton"), 43.73, -79.76, 656),
    Region(Text("Hamilton", "Hamilton"), 43.26, -79.87, 569),
    Region(Text("Surrey", "Surrey"), 49.19, -122.85, 568),
    Region(Text("Québec City", "Québec"), 46.81, -71.21, 549),
    Region(Text("Halifax", "Halifax"), 44.65, -63.57, 440),
    Region(Text("Laval", "Laval"), 45.58, -73.75, 438),
    Region(Text("London", "London"), 42.98, -81.25, 422),
    Region(Text("Markham", "Markham"), 43.86, -79.34, 339),
    Region(Text("Vaughan", "Vaughan"), 43.84, -79.5, 323),
    Region(Text("Gatineau", "Gatineau"), 45.48, -75.7, 291),
    Region(Text("Saskatoon", "Saskatoon"), 52.13, -106.67, 266),
    Region(Text("Kitchener", "Kitchener"), 43.45, -80.49, 257),
    Region(Text("Longueuil", "Longueuil"), 45.53, -73.52, 254),
    Region(Text("Burnaby", "Burnaby"), 49.25, -122.98, 249),
    Region(Text("Windsor", "Windsor"), 42.31, -83.04, 230),
    Region(Text("Regina", "Regina"), 50.45, -104.61, 226),
    Region(Text("Oakville", "Oakville"), 43.47, -79.69, 214),
    Region(Text("Richmond", "Richmond"), 49.17, -123.14, 210),
    Region(Text("Sherbrooke", "Sherbrooke"), 45.4, -71.89, 173),
    Region(Text("Greater Sudbury", "Grand Sudbury"), 46.49, -80.99, 166),
    Region(Text("Abbotsford", "Abbotsford"), 49.05, -122.3, 154),
    Region(Text("Kelowna", "Kelowna"), 49.89, -119.5, 145),
    Region(Text("Saguenay", "Saguenay"), 48.43, -71.07, 145),
    Region(Text("Trois-Rivières", "Trois-Rivières"), 46.34, -72.54, 139),
    Region(Text("Kingston", "Kingston"), 44.23, -76.49, 133),
    Region(Text("St. John's", "St. John's"), 47.56, -52.71, 111),
    Region(Text("Moncton", "Moncton"), 46.09, -64.77, 80),
    Region(Text("Saint John", "Saint John"), 45.27, -66.06, 70),
    Region(Text("Charlottetown", "Charlottetown"), 46.24, -63.13, 39),
    Region(Text("Whitehorse", "Whitehorse"), 60.72, -135.06, 28),
    Region(Text("Yellowknife", "Yellowknife"), 62.45, -114.37, 20),
    Region(Text("Iqaluit", "Iqaluit"), 63.75, -68.52, 7),
)
