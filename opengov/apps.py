from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "opengov"
    verbose_name = "OpenGov Portal"
