"""The brand's colours as a style sheet: the content security policy allows no inline style."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from ..brand import brand


@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_css(request: HttpRequest) -> HttpResponse:
    """Two custom properties, which tokens.css draws every colour from. Pages ask for it with the brand's fingerprint."""
    look = brand()
    return HttpResponse(f":root{{--brand:{look.accent};--brand-dark:{look.accent_dark}}}\n", content_type="text/css")
