from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "requests_app"
    verbose_name = _("Request a Dataset")

    def ready(self) -> None:
        from accounts import navigation, notifications
        from accounts.activity import register_sentences
        from engagement import boards, moderation
        from engagement.services import comments
        from engagement.verbs import comment_sentences
        from opengov import periodic, slots

        from .models import DataRequest, RequestComment, RequestFollow, RequestVote
        from .navigation import links
        from .own_data import register_parts
        from .panels import most_wanted, no_results, of_dataset, of_organization, of_release, of_subject
        from .rules import is_closed, may_comment, may_vote
        from .services import answers, reminders
        from .services.requests import shown
        from .verbs import SENTENCES

        register_sentences(SENTENCES)
        register_parts()
        register_sentences(comment_sentences(RequestComment.kind_key))
        moderation.register(comments.kind(RequestComment, _("Comment on a request")))
        navigation.register("requests.desk", _("Requests for data"), links)
        notifications.register(answers.KIND)
        notifications.register(reminders.KIND)
        periodic.register("requests_app.tasks.remind", periodic.Rhythm.DAILY)
        slots.fill("home", "requests_app/most_wanted.html", most_wanted)
        slots.fill("dataset", "requests_app/of_dataset.html", of_dataset)
        slots.fill("released", "requests_app/of_release.html", of_release)
        slots.fill("organization", "requests_app/of_organization.html", of_organization)
        slots.fill("subject", "requests_app/of_subject.html", of_subject)
        slots.fill("no-results", "requests_app/no_results.html", no_results)
        moderation.register(
            moderation.Kind(
                key="requests",
                label=_("Request for data"),
                model=DataRequest,
                texts=("title", "description", "why", "use"),
                derived=("words",),
                shown=shown,
            )
        )
        boards.register(
            boards.Board(
                key="requests",
                label=_("Requests for data"),
                model=DataRequest,
                visible_to=DataRequest.objects.visible_to,
                votes=RequestVote,
                follows=RequestFollow,
                news=answers.KIND.key,
                may_vote=may_vote,
                is_closed=is_closed,
                comments=RequestComment,
                may_comment=may_comment,
                organization_of=lambda request: request.organization,
            )
        )
