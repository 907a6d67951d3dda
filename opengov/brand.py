"""Name, logo, colours, licence and contact of the portal, from a TOML file (`BRAND_FILE`)."""

import tomllib
from dataclasses import dataclass, field, fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

DEFAULT = Path(__file__).with_name("brand.toml")


@dataclass(frozen=True)
class Brand:
    """Texts are by language; colours are CSS colours; `license` is a code of the licence vocabulary."""

    logo: str
    accent: str
    accent_dark: str
    contact_email: str
    license: str
    names: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    taglines: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Changes with the colours; ends the caching of their style sheet."""
        return sha256(f"{self.accent}{self.accent_dark}".encode()).hexdigest()[:8]

    @property
    def name(self) -> str:
        return self.names[get_language() or "en"]

    @property
    def owner(self) -> str:
        return self.owners[get_language() or "en"]

    @property
    def tagline(self) -> str:
        return self.taglines[get_language() or "en"]


@lru_cache
def _read(path: str) -> Brand:
    values = tomllib.loads(DEFAULT.read_text("utf-8")) | tomllib.loads(Path(path).read_text("utf-8"))
    for singular in ("name", "owner", "tagline"):
        values[f"{singular}s"] = values.pop(singular)
    known = {item.name for item in fields(Brand)}
    return Brand(**{key: value for key, value in values.items() if key in known})


def brand() -> Brand:
    """The brand in force."""
    return _read(settings.BRAND_FILE)


def language_choices() -> list[tuple[str, str]]:
    """The portal's languages under the names that the brand gives them."""
    return list(brand().languages.items())
