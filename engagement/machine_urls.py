"""Addresses for machines, without a language."""

from django.urls import path

from .views.seals import seal_csv, seal_json

urlpatterns = [
    path("votes/seals.csv", seal_csv, name="vote-seals-csv"),
    path("votes/seals.json", seal_json, name="vote-seals-json"),
]
