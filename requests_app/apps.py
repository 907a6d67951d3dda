from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "requests_app"
    verbose_name = _("Request a Dataset")

    def ready(self) -> None:
        from accounts import notifications
        from accounts.activity import register_sentences
        from engagement import boards, moderation
        from opengov import slots

        from .models import DataRequest, RequestVote
        from .panels import most_wanted, of_dataset
        from .rules import may_vote
        from .services.answers import KIND
        from .verbs import SENTENCES

        register_sentences(SENTENCES)
        notifications.register(KIND)
        slots.fill("home", "requests_app/most_wanted.html", most_wanted)
        slots.fill("dataset", "requests_app/of_dataset.html", of_dataset)
        moderation.register(
            moderation.Kind(
                key="requests",
                label=_("Request for data"),
                model=DataRequest,
                texts=("title", "description", "why", "use"),
            )
        )
        boards.register(
            boards.Board(
                key="requests",
                label=_("Requests for data"),
                model=DataRequest,
                visible_to=DataRequest.objects.visible_to,
                votes=RequestVote,
                may_vote=may_vote,
            )
        )
