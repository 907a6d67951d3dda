"""The Django plugin of mypy, for models whose managers modeltranslation replaced.

At start-up modeltranslation gives each manager of a translated model a class of its own making, which no source file defines
and mypy cannot find. The plugin puts back the classes that the models name, before they are looked at.
"""

import os

from django.apps import apps
from mypy.options import Options
from mypy.plugin import Plugin
from mypy_django_plugin.main import NewSemanalDjangoPlugin

os.environ.setdefault("DEBUG", "1")  # the settings are loaded, without a deployment's environment


class PortalPlugin(NewSemanalDjangoPlugin):
    def __init__(self, options: Options) -> None:
        super().__init__(options)
        for model in apps.get_models(include_auto_created=True):
            for manager in {*model._meta.managers, model._default_manager}:
                if hasattr(manager, "_old_class"):
                    manager.__class__ = manager.__class__.__bases__[1]


def plugin(version: str) -> type[Plugin]:
    """What mypy asks a plugin's module for."""
    return PortalPlugin
