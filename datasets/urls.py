"""The addresses of the catalogue."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from .views import datasets, exports, home, resources, results

app_name = "datasets"

a_resource = [
    path("", resources.resource_detail, name="resource-detail"),
    path("download", resources.resource_download, name="resource-download"),
    path("picture", resources.resource_picture, name="resource-picture"),
    path("map.geojson", resources.resource_map, name="resource-map"),
]
a_dataset: list[URLPattern | URLResolver] = [
    path("", datasets.dataset_detail, name="dataset-detail"),
    path(_("history/"), datasets.dataset_history, name="dataset-history"),
    path("metadata.json", datasets.dataset_metadata, name="dataset-metadata"),
    path("qr.svg", datasets.dataset_qr, name="dataset-qr"),
    path("citation.<str:format>", datasets.dataset_citation, name="dataset-citation"),
    path(_("resources/"), include([path("<uuid:pk>/", include(a_resource))])),
]
urlpatterns = [
    path("", home.home, name="home"),
    path(_("datasets/"), results.dataset_list, name="dataset-list"),
    path(_("datasets/"), include([path("results.<str:format>", exports.results_export, name="results-export")])),
    path(_("datasets/"), include([path("<slug:name>/", include(a_dataset))])),
]
