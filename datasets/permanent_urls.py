"""Addresses without a language that must never break: CKAN's, and those of the real portal."""

from django.urls import path

from .views.permanent import dataset_redirect, resource_redirect

urlpatterns = [
    path("dataset/<str:reference>", dataset_redirect, name="permanent-dataset"),
    path("data/en/dataset/<str:reference>", dataset_redirect, {"language": "en"}, name="permanent-dataset-en"),
    path("data/fr/dataset/<str:reference>", dataset_redirect, {"language": "fr"}, name="permanent-dataset-fr"),
    path("dataset/<str:reference>/resource/<uuid:pk>", resource_redirect, name="permanent-resource"),
    path(
        "dataset/<str:reference>/resource/<uuid:pk>/download/<path:filename>",
        resource_redirect,
        {"leaf": "download"},
        name="permanent-download",
    ),
]
