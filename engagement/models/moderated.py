from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import ModerationState


class ModeratedQuerySet(models.QuerySet[Any]):
    def shown(self) -> Self:
        """What the public sees."""
        return self.filter(moderation=ModerationState.APPROVED)

    def pending(self) -> Self:
        """What waits for a moderator."""
        return self.filter(moderation=ModerationState.PENDING)


class Moderated(models.Model):
    """Something that a person wrote for the public, in their own language. Nothing of it shows or mails before it is approved.

    Moved by `services.moderation` alone. Who deletes their account leaves the text without its writer.
    """

    author = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("writer"))
    language = models.CharField(_("language"), max_length=5, choices=[("en", "English"), ("fr", "Français")])
    created_at = models.DateTimeField(_("written"), editable=False)
    moderation = models.CharField(
        _("moderation"), max_length=10, choices=ModerationState, default=ModerationState.PENDING, editable=False
    )
    moderated_at = models.DateTimeField(_("moderated"), null=True, editable=False)
    moderation_reason = models.TextField(_("reason, told to the writer"), blank=True, editable=False)
    is_edited = models.BooleanField(_("edited by a moderator"), default=False, editable=False)

    objects: ClassVar[Any] = ModeratedQuerySet.as_manager()

    if TYPE_CHECKING:
        author_id: Any

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(moderation__in=ModerationState.values), name="%(app_label)s_%(class)s_moderation_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(moderation__in=["rejected", "hidden"]) | ~models.Q(moderation_reason=""),
                name="%(app_label)s_%(class)s_refused_with_a_reason",
            ),
            models.CheckConstraint(condition=models.Q(language__in=["en", "fr"]), name="%(app_label)s_%(class)s_language_known"),
        ]
        indexes = [models.Index(fields=["moderation", "created_at"], name="%(class)s_queue")]

    @property
    def is_shown(self) -> bool:
        return self.moderation == ModerationState.APPROVED
