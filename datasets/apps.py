from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "datasets"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from .own_data import register_parts
        from .verbs import register_verbs

        register_verbs()
        register_parts()
