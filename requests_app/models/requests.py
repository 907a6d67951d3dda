from typing import Any, ClassVar, Self

import rules
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from datasets.models import Dataset
from engagement.models import AbstractFollow, AbstractVote, Moderated, ModeratedQuerySet, Votable
from opengov.search.language import stems

from ..enums import ANSWERS, FINAL, Reason, RequestKind, RequestStatus


def words_of(title: str, description: str, language: str) -> str:
    """The stems of both texts, each between two spaces."""
    found = dict.fromkeys(stem for stem in stems(f"{title} {description}", language) if stem)
    return f" {' '.join(found)} "


class DataRequestQuerySet(ModeratedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What the public sees, and one's own; all for moderators. Merged ones are there: their address leads on."""
        if getattr(user, "is_authenticated", False):
            if rules.has_perm("engagement.moderate", user):
                return self
            return self.filter(Q(moderation="approved") | Q(author=user))
        return self.shown()

    def on_the_board(self) -> Self:
        """Shown, and not merged into another."""
        return self.shown().filter(merged_into=None)

    def waiting(self) -> Self:
        """Not answered for good."""
        return self.exclude(status__in=FINAL)


class DataRequest(Moderated, Votable):
    """What somebody asks of the government: data that is not published, or (an idea) a use for data.

    The public reads its words, its statuses and its answers, never who asked. `status` is that of the newest `StatusChange`, its
    own or a merged request's that it took over.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=RequestKind, default=RequestKind.REQUEST)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), max_length=5000)
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="data_requests", verbose_name=_("organization")
    )
    subject = models.CharField(_("subject"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    why = models.TextField(_("why it matters"), max_length=2000, blank=True)
    use = models.TextField(_("how it would be used"), max_length=2000, blank=True)
    words = models.TextField(_("stems of the title and the description"), default="", editable=False)
    status = models.CharField(_("status"), max_length=20, choices=RequestStatus, default=RequestStatus.RECEIVED, editable=False)
    answered_at = models.DateTimeField(_("answered last"), null=True, editable=False)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person of the department")
    )
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    dataset = models.ForeignKey(
        Dataset, models.PROTECT, null=True, blank=True, related_name="data_requests", verbose_name=_("dataset")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged", verbose_name=_("merged into")
    )

    objects: ClassVar[Any] = DataRequestQuerySet.as_manager()

    class Meta(Moderated.Meta):
        abstract = False
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ("-created_at", "-pk")
        constraints = [
            *Moderated.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=RequestKind.values), name="requests_app_kind_known"),
            models.CheckConstraint(condition=Q(status__in=RequestStatus.values), name="requests_app_status_known"),
            models.CheckConstraint(condition=Q(reason__in=["", *Reason.values]), name="requests_app_reason_known"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(dataset__isnull=False) | Q(kind="idea"),
                name="requests_app_published_with_a_dataset",
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("pk")), name="requests_app_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Keep the words by which it is found as the texts have them."""
        if self.language:  # a form is whole before anybody says in which language it was written
            self.words = words_of(self.title, self.description, self.language)

    def get_absolute_url(self) -> str:
        return reverse("requests:request-detail", args=[self.pk])


class RequestVote(AbstractVote):
    """One person's wish for a request."""

    thing = models.ForeignKey(DataRequest, models.CASCADE, related_name="votes", verbose_name=_("request"))

    class Meta(AbstractVote.Meta):
        abstract = False
        verbose_name = _("vote for a request")
        verbose_name_plural = _("votes for requests")


class RequestFollow(AbstractFollow):
    """Somebody hears of what becomes of a request."""

    thing = models.ForeignKey(DataRequest, models.CASCADE, related_name="follows", verbose_name=_("request"))

    class Meta(AbstractFollow.Meta):
        abstract = False
        verbose_name = _("follow of a request")
        verbose_name_plural = _("follows of requests")


class StatusChangeQuerySet(models.QuerySet["StatusChange"]):
    def told_of(self, request: DataRequest) -> Self:
        """The one history of a request: its answers, and those to what was merged into it, as far as the board shows that."""
        return self.filter(Q(request=request) | Q(request__merged_into=request, request__moderation="approved"))


class StatusChange(models.Model):
    """One answer of the government, in both languages, for good."""

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="changes", verbose_name=_("request"))
    status = models.CharField(_("status"), max_length=20, choices=RequestStatus)
    comment_en = models.TextField(_("comment in English"), max_length=5000)
    comment_fr = models.TextField(_("comment in French"), max_length=5000)
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"))

    objects: ClassVar[Any] = StatusChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("status of a request")
        verbose_name_plural = _("statuses of requests")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=[each.value for each in ANSWERS]), name="requests_app_change_known"),
            models.CheckConstraint(condition=~Q(comment_en="") & ~Q(comment_fr=""), name="requests_app_change_in_both_languages"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} · {self.at:%Y-%m-%d}"
