from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from opengov.markdown import plain

from .moderated import Moderated, ModeratedQuerySet

LONGEST = 5_000


class CommentQuerySet(ModeratedQuerySet):
    def standing(self) -> Self:
        """What the public reads: approved, and not deleted by its writer."""
        return self.shown().filter(deleted_at=None)


class AbstractComment(Moderated):
    """What somebody says of a thing, in Markdown; or a reply to it. Each board has a table, with a foreign key `thing`.

    Threads are two deep: a reply's `parent` is never a reply, and never moves. The writer's deletion takes the words; the row
    stays while somebody has replied. `organization` is the department for which its writer answered, `is_unnamed` that they wrote
    what it is about, where who asks is not named: both are as they were then. `shown_at` is when the public first read it.
    """

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="replies", verbose_name=_("reply to")
    )
    text = models.TextField(_("comment"), max_length=LONGEST, blank=True, validators=[MaxLengthValidator(LONGEST)])
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("answers for")
    )
    is_unnamed = models.BooleanField(_("by who wrote what it is about"), default=False, editable=False)
    shown_at = models.DateTimeField(_("first shown"), null=True, editable=False)
    edited_at = models.DateTimeField(_("edited by its writer"), null=True, editable=False)
    deleted_at = models.DateTimeField(_("deleted by its writer"), null=True, editable=False)

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    board_key: ClassVar[str]  # of the things that they are about
    kind_key: ClassVar[str]  # for the moderators

    if TYPE_CHECKING:
        thing: Any
        thing_id: Any
        parent_id: int | None
        author_id: Any

    class Meta(Moderated.Meta):
        abstract = True
        ordering = ("-created_at", "-pk")
        constraints = [
            *Moderated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(deleted_at=None) ^ Q(text=""),
                name="%(app_label)s_%(class)s_words_until_deleted",
                violation_error_message=_("Write something."),
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | ~Q(moderation="pending"), name="%(app_label)s_%(class)s_deleted_waits_for_none"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="%(app_label)s_%(class)s_no_reply_to_itself"
            ),
        ]
        indexes = [
            *Moderated.Meta.indexes,
            models.Index(fields=["thing", "parent", "created_at"], name="%(class)s_thread"),
        ]

    def __str__(self) -> str:
        return Truncator(plain(self.text)).chars(80)

    def get_absolute_url(self) -> str:
        """The page of all comments that has it, at its place."""
        address = reverse("engagement:comment-list", args=[self.board_key, self.thing_id])
        return f"{address}?comment={self.pk}#comment-{self.pk}"
