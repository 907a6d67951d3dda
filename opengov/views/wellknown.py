"""What programs look for at fixed addresses: robots.txt, favicon.ico, security.txt."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control

from ..brand import brand

# Pages for one person, or without end; and every address with a query: choices of facets, orders, pages.
CLOSED = ("admin:index", "account_login", "datasets:feedback")
TEXT = "text/plain; charset=utf-8"


@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    closed = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            closed += [reverse(name) for name in CLOSED]
    lines = [
        "User-agent: *",
        "Allow: /brand.css",
        "Disallow: /*?",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap-index')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@cache_control(public=True, max_age=3600)
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static(brand().logo))


@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It expires in half a year, counted from the beginning of the month so that it keeps its ETag."""
    month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{brand().contact_email}",
        f"Expires: {month + timedelta(days=180):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)
