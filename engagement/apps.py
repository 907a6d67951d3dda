from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    name = "engagement"
    verbose_name = _("Taking part")

    def ready(self) -> None:
        from accounts import navigation, notifications
        from accounts.activity import register_sentences
        from opengov import periodic

        from .navigation import links, own_links
        from .own_data import register_parts
        from .services import comments, reports
        from .services.moderation import KIND
        from .verbs import SENTENCES

        register_sentences(SENTENCES)
        register_parts()
        for kind in (KIND, comments.REPLIES, comments.NEWS, reports.KIND):
            notifications.register(kind)
        navigation.register("engagement.follows", _("Taking part"), own_links)
        navigation.register("engagement.moderation", _("Moderation"), links)

        periodic.register("engagement.tasks.count_votes", periodic.Rhythm.OFTEN)
        periodic.register("engagement.tasks.count_ratings", periodic.Rhythm.OFTEN)
        periodic.register("engagement.tasks.seal_votes", periodic.Rhythm.HOURLY)
        periodic.register("engagement.tasks.prove", periodic.Rhythm.DAILY)
        periodic.register("engagement.tasks.forget", periodic.Rhythm.DAILY)
