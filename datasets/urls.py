"""The addresses of the catalogue."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import home, results

app_name = "datasets"
urlpatterns = [
    path("", home.home, name="home"),
    path(_("datasets/"), results.dataset_list, name="dataset-list"),
]
