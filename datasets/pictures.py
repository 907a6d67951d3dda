"""Whether a file is a picture that a browser may show."""

import warnings

from PIL import Image, UnidentifiedImageError

from .models import Resource

SHOWN = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


def picture_type(resource: Resource) -> str:
    """The media type by the file's own first bytes, for the kinds that hold no script; else nothing."""
    try:
        with warnings.catch_warnings(), resource.file.open("rb") as file:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=list(SHOWN)) as picture:
                return SHOWN[picture.format or ""]
    except (UnidentifiedImageError, OSError, KeyError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return ""
