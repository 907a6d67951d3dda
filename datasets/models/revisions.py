import uuid
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, DateTimeField, DurationField, ExpressionWrapper, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganizationRole
from accounts.models import User

from ..enums import Criterion, Decision, RevisionState
from ..turnaround import Wait, wait_of
from .attachments import Attachable
from .datasets import Dataset


class RevisionQuerySet(models.QuerySet["Revision"]):
    def open(self) -> "RevisionQuerySet":
        return self.filter(state__in=RevisionState.OPEN)

    def overdue(self, now: datetime) -> "RevisionQuerySet":
        """Those that stand in their state for longer than its target, the longest overdue first; `due_at`: when it was due."""
        targets = {state: timedelta(days=days) for state, days in settings.TARGET_DAYS.items()}
        late = reduce(or_, (Q(state=state, moved_at__lt=now - target) for state, target in targets.items()), Q(pk__in=[]))
        target = Case(*(When(state=state, then=Value(target)) for state, target in targets.items()), output_field=DurationField())
        due_at = ExpressionWrapper(F("moved_at") + target, output_field=DateTimeField())
        return self.filter(late).annotate(due_at=due_at).order_by("due_at", "id")

    def visible_to(self, user: "User | AnonymousUser | None") -> "RevisionQuerySet":
        """The twin of the rule `datasets.view_revision`: those of one's organizations, all for portal staff."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if user.is_superuser or user.appointments.exists():
            return self
        return self.filter(dataset__owner_org__in=user.memberships.values("organization"))

    def to_sign_by(self, user: User) -> "RevisionQuerySet":
        """Those of the organizations for which the person signs today, as their official or on an official's behalf."""
        own = {pk for pk, held in user.organization_roles.items() if OrganizationRole.IMSO in held}
        return self.filter(dataset__owner_org__in=own | user.delegators.keys())

    def of_role(self, user: User, role: OrganizationRole) -> "RevisionQuerySet":
        """Those of the organizations in which the person holds the role."""
        return self.filter(dataset__owner_org__in=user.memberships.filter(role=role).values("organization"))


class Revision(models.Model):
    """A new record, or a change of one that was public, on its way through review, sign-off and release.

    Of a draft the dataset's own rows are what is worked on: nobody sees them. Of a record that is or was public the rows stay as
    they are, and the work stands in `RevisionItem`, one for each object touched, until the release writes it to the rows.
    `content_hash` covers the record and its resources as they will be; `signed_hash` is what the sign-off in force covers.
    `number` grows with every change, so that of two people who write at once the second is told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="revisions", verbose_name=_("dataset"))
    state = models.CharField(_("state"), max_length=20, choices=RevisionState, default=RevisionState.EDITING)
    number = models.PositiveIntegerField(_("number"), default=0)
    content_hash = models.CharField(_("hash of the record and its resources"), max_length=64, blank=True, editable=False)
    signed_hash = models.CharField(_("hash that was signed"), max_length=64, blank=True, editable=False)
    writers = models.ManyToManyField(User, related_name="+", verbose_name=_("writers"))
    note = models.TextField(_("what changes, and why"), blank=True)
    visible_from = models.DateTimeField(_("public from"), null=True, blank=True)
    opened_at = models.DateTimeField(_("begun"), default=timezone.now)
    moved_at = models.DateTimeField(_("in this state since"), default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("moved_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RevisionState.values), name="datasets_revision_state_known"),
            models.UniqueConstraint(
                fields=["dataset"], condition=Q(state__in=RevisionState.OPEN), name="datasets_revision_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=RevisionState.SIGNED) | (Q(signed_hash=F("content_hash")) & ~Q(signed_hash="")),
                name="datasets_revision_released_only_if_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(visible_from__isnull=False), name="datasets_revision_scheduled_at_an_instant"
            ),
        ]
        indexes = [models.Index(fields=["state", "moved_at"], name="datasets_revision_queue")]

    def __str__(self) -> str:
        return str(self.dataset)

    def get_absolute_url(self) -> str:
        return reverse("datasets:revision-detail", args=[self.pk])

    @property
    def wait(self) -> Wait:
        """How long it has stood in its state until now."""
        return wait_of(self.state, self.moved_at, timezone.now())

    @property
    def whose_turn(self) -> str:
        return RevisionState(self.state).whose_turn

    @property
    def is_open(self) -> bool:
        return self.state in RevisionState.OPEN


class RevisionItem(models.Model):
    """One object of a public record as a revision will leave it: the dataset itself (`resource_id` empty) or a resource.

    `data` has the shape of `Version.data`, `None` where the release removes the resource; `base_hash` is the hash that the public
    row had, empty for a new resource; `note` what the editor said of the last change of the object, if anything.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="items", verbose_name=_("revision"))
    resource_id = models.UUIDField(_("resource"), null=True, blank=True)
    data = models.JSONField(_("metadata"), null=True)
    metadata_hash = models.CharField(_("hash"), max_length=64, blank=True)
    base_hash = models.CharField(_("hash of the public row"), max_length=64, blank=True)
    note = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("changed object")
        verbose_name_plural = _("changed objects")
        constraints = [
            models.UniqueConstraint(
                fields=["revision"], condition=Q(resource_id=None), name="datasets_revision_item_of_dataset_unique"
            ),
            models.UniqueConstraint(
                fields=["revision", "resource_id"],
                condition=Q(resource_id__isnull=False),
                name="datasets_revision_item_of_resource_unique",
            ),
            models.CheckConstraint(
                condition=Q(resource_id__isnull=False) | Q(data__isnull=False), name="datasets_revision_item_keeps_the_dataset"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} · {self.resource_id or ''}"


class Answer(Attachable):
    """A reviewer's answer to one criterion. It counts for the content that it was given for, and for no other."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="answers", verbose_name=_("revision"))
    criterion = models.CharField(_("criterion"), max_length=20, choices=Criterion)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    note = models.TextField(_("note"), blank=True)
    content_hash = models.CharField(_("hash of what was reviewed"), max_length=64, editable=False)
    reviewer = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("reviewer"))
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("answer of the review")
        verbose_name_plural = _("answers of the review")
        constraints = [
            models.UniqueConstraint(fields=["revision", "criterion"], name="datasets_answer_one_per_criterion"),
            models.CheckConstraint(condition=Q(criterion__in=Criterion.values), name="datasets_answer_criterion_known"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="datasets_answer_decision_known"),
            models.CheckConstraint(
                condition=~Q(decision="not_met") | ~Q(note="") | ~Q(attachment=""),
                name="datasets_answer_explains_a_no",
                violation_error_message=_("Say why the criterion is not met."),
            ),
            models.CheckConstraint(
                condition=Q(attachment="") | (~Q(attachment_name="") & Q(attachment_size__isnull=False)),
                name="datasets_answer_attachment_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.get_decision_display()}"


class SignOff(Attachable):
    """The senior official's communication on record. It stands as long as what it covers is not changed.

    It is a text, a letter (the attachment), or both. The name and title are those of the day: they stay when the person leaves.
    `items` are the revision's, by the identifier of the resource (empty for the record itself): with the public rows they are
    what was signed.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="sign_offs", verbose_name=_("revision"))
    signer = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("signed by"))
    on_behalf_of = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("on behalf of")
    )
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("title of the position"), max_length=200)
    signed_on = models.DateField(_("date of the communication"))
    text = models.TextField(_("communication"), blank=True)
    content_hash = models.CharField(_("hash of what was signed"), max_length=64, editable=False)
    items = models.JSONField(_("changed objects as they were signed"), default=dict, editable=False)
    at = models.DateTimeField(_("recorded"))
    lapsed_at = models.DateTimeField(_("lapsed"), null=True, blank=True)
    lapsed_because = models.TextField(_("what made it lapse"), blank=True)
    lapsed_because_fr = models.TextField(_("what made it lapse, in French"), blank=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ("-at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["revision"], condition=Q(lapsed_at=None), name="datasets_sign_off_one_in_force"),
            models.CheckConstraint(condition=~Q(content_hash=""), name="datasets_sign_off_covers_something"),
            models.CheckConstraint(
                condition=(~Q(text="") | ~Q(attachment="")) & ~Q(name=""), name="datasets_sign_off_says_something"
            ),
            models.CheckConstraint(
                condition=Q(attachment="") | (~Q(attachment_name="") & Q(attachment_size__isnull=False)),
                name="datasets_sign_off_attachment_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(lapsed_at=None) | ~Q(lapsed_because=""), name="datasets_sign_off_lapses_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.signed_on}"

    @property
    def why_lapsed(self) -> str:
        """What made it lapse, in the active language; what a person wrote, as they wrote it."""
        return (self.lapsed_because_fr if get_language() == "fr" else "") or self.lapsed_because
