from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "datasets"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from accounts import navigation, notifications
        from accounts.activity import register_sentences
        from accounts.models import Organization
        from engagement import boards, moderation
        from engagement.services import comments
        from engagement.verbs import comment_sentences
        from opengov import periodic
        from opengov.caching import register_instant

        from .enums import Vocabulary
        from .models import (
            Dataset,
            DatasetComment,
            DatasetFollow,
            DatasetRating,
            DatasetScore,
            OrganizationFollow,
            SubjectFollow,
            Term,
        )
        from .own_data import register_parts
        from .rules import may_comment, may_rate
        from .selectors.queues import links
        from .selectors.releases import next_release
        from .services import announcements
        from .services.turns import KIND
        from .tasks import release_scheduled
        from .verbs import SENTENCES, words

        register_sentences(SENTENCES, words)
        register_sentences(comment_sentences(DatasetComment.kind_key))
        moderation.register(comments.kind(DatasetComment, _("Comment on a dataset")))
        boards.register(
            boards.Board(
                key="datasets",
                label=_("Datasets"),
                model=Dataset,
                visible_to=Dataset.objects.visible_to,
                ratings=DatasetRating,
                scores=DatasetScore,
                may_rate=may_rate,
                comments=DatasetComment,
                may_comment=may_comment,
                organization_of=lambda dataset: dataset.owner_org,
                follows=DatasetFollow,
                news="follows.datasets",
            )
        )
        register_parts()
        for kind in (KIND, *announcements.KINDS):
            notifications.register(kind)
        navigation.register("datasets.queues", _("Records"), links)
        periodic.register("datasets.tasks.release_scheduled", periodic.Rhythm.MINUTELY)
        periodic.register("datasets.tasks.discard_uploads", periodic.Rhythm.DAILY)
        periodic.register("datasets.tasks.remind_late", periodic.Rhythm.DAILY)
        periodic.register("datasets.tasks.discard_unused_files", periodic.Rhythm.WEEKLY)
        periodic.register(announcements.JOB, periodic.Rhythm.MINUTELY)
        register_instant(next_release, arrive=release_scheduled)
        boards.register(
            boards.Board(
                key="organizations",
                label=_("Organizations"),
                model=Organization,
                visible_to=Organization.objects.visible_to,
                follows=OrganizationFollow,
                news="follows.organizations",
            )
        )
        boards.register(
            boards.Board(
                key="subjects",
                label=_("Subjects"),
                model=Term,
                visible_to=lambda user: Term.objects.of(Vocabulary.SUBJECT),
                follows=SubjectFollow,
                news="follows.subjects",
            )
        )
