"""A box drawn on a map of our own: plain geometry, degrees in and drawing units out."""

from dataclasses import dataclass

SMALLEST = 5.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map with straight meridians and parallels. `stretch`: how much longer a degree of latitude is than one of longitude."""

    name: str
    west: float
    south: float
    east: float
    north: float
    scale: float
    stretch: float

    @property
    def width(self) -> float:
        return (self.east - self.west) * self.scale

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale * self.stretch

    def x(self, longitude: float) -> float:
        return (longitude - self.west) * self.scale

    def y(self, latitude: float) -> float:
        return (self.north - latitude) * self.scale * self.stretch

    def holds(self, west: float, south: float, east: float, north: float) -> bool:
        return self.west <= west <= east <= self.east and self.south <= south <= north <= self.north


CANADA = Sheet("canada", west=-145, south=40, east=-48, north=84, scale=5, stretch=1.75)
WORLD = Sheet("world", west=-180, south=-60, east=180, north=84, scale=2, stretch=1.2)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in drawing units; `is_point`: too small to see, so that a mark stands at its middle."""

    x: float
    y: float
    width: float
    height: float
    is_point: bool

    @property
    def middle_x(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def middle_y(self) -> float:
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True, slots=True)
class ExtentMap:
    """What the map's template draws: two boxes where the extent crosses the 180th meridian."""

    sheet: Sheet
    boxes: tuple[Box, ...]


def extent_map(west: float, south: float, east: float, north: float) -> ExtentMap:
    """The extent on the map of Canada where it fits, else on that of the world; `west` > `east` crosses the 180th meridian."""
    sheet = CANADA if CANADA.holds(west, south, east, north) else WORLD
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return ExtentMap(sheet, tuple(_box(sheet, w, south, e, north) for w, e in parts))


def _box(sheet: Sheet, west: float, south: float, east: float, north: float) -> Box:
    top, bottom = (max(min(latitude, sheet.north), sheet.south) for latitude in (north, south))
    x, y = sheet.x(west), sheet.y(top)
    width, height = sheet.x(east) - x, sheet.y(bottom) - y
    return Box(round(x, 1), round(y, 1), round(width, 1), round(height, 1), width < SMALLEST and height < SMALLEST)
