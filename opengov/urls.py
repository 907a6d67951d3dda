"""The addresses of the portal. Machines' addresses have no language; people's begin with one, and their words are translated."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from datasets import sitemaps

from .views.brand import brand_css
from .views.health import healthz, readyz
from .views.qr import qr
from .views.wellknown import favicon, robots, security

handler400 = "opengov.views.errors.bad_request"
handler403 = "opengov.views.errors.forbidden"
handler404 = "opengov.views.errors.not_found"
handler429 = "opengov.views.errors.too_many_requests"  # asked for by allauth, not by Django
handler500 = "opengov.views.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("brand.css", brand_css, name="brand-css"),
    path("qr.svg", qr, name="qr"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots-txt"),
    path(".well-known/security.txt", security, name="security-txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemaps/datasets/<uuid:start>.xml", sitemaps.datasets, name="sitemap-datasets"),
    path("accounts/", include("accounts.providers")),
    path("", include("datasets.permanent_urls")),
    path("", include("engagement.machine_urls")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path(_("account/"), include("accounts.entrance_urls")),
        path(_("account/"), include("accounts.urls")),
        path("", include("datasets.urls")),
        path("", include("engagement.urls")),
        path("", include("requests_app.urls")),
    ),
]
