from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "opengov.search"
    label = "search"
    verbose_name = _("Search index")

    def ready(self) -> None:
        from opengov import health, periodic

        from . import indexing

        health.register("search", indexing.health)
        periodic.register("opengov.search.indexing.apply_outbox", periodic.Rhythm.OFTEN)
        periodic.register("opengov.search.indexing.reconcile", periodic.Rhythm.DAILY)
