"""The addresses of the portal. Machines' addresses have no language; people's begin with one, and their words are translated."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from .views.brand import brand_css

urlpatterns = [
    path("brand.css", brand_css, name="brand-css"),
    path("accounts/", include("accounts.providers")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path(_("account/"), include("accounts.entrance_urls")),
        path(_("account/"), include("accounts.urls")),
        path("", include("datasets.urls")),
    ),
]
