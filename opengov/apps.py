from typing import Any

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class FrameConfig(AppConfig):
    name = "opengov"
    verbose_name = "OpenGov Portal"

    def ready(self) -> None:
        from . import checks  # noqa: F401  # registers itself

        # The signal comes only for apps with models, which the frame is not; any one of Django's will do.
        post_migrate.connect(_create_cache_table, sender=apps.get_app_config("sessions"))


class AdministrationConfig(AdminConfig):
    """Django's administration on a site of our own."""

    default_site = "opengov.administration.PortalAdminSite"


def _create_cache_table(using: str, **kwargs: Any) -> None:
    """`migrate` also makes the table of the shared cache, where the cache is the database. Asked again, changes nothing."""
    call_command("createcachetable", database=using, verbosity=0)
