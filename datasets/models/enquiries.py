import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..enums import EnquiryKind, EnquiryState
from .datasets import Dataset

# Crockford's base 32 in small letters: nothing that is misread for something else.
CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def enquiry_code() -> str:
    """80 random bits as `k7qf-2mxd-9rtw-4hjp`: whoever knows it may read the enquiry."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(4))


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, user: object) -> "EnquiryQuerySet":
        """The twin of the rule `datasets.answer_enquiries`; the sender reads theirs by its code alone."""
        return self.all() if isinstance(user, User) and user.has_perm("datasets.answer_enquiries") else self.none()

    def waiting(self) -> "EnquiryQuerySet":
        return self.filter(state__in=[EnquiryState.NEW, EnquiryState.IN_PROGRESS])


class Enquiry(models.Model):
    """A question to the portal's staff, or what somebody said when asked whether they found what they were looking for.

    Written and moved by `services.enquiries`. `page` is the path that the sender came from. The e-mail address is shown to
    staff alone.
    """

    code = models.CharField(_("code"), max_length=19, unique=True, default=enquiry_code, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=EnquiryKind)
    state = models.CharField(_("state"), max_length=12, choices=EnquiryState, default=EnquiryState.NEW)
    page = models.CharField(_("page"), max_length=500, blank=True)
    dataset = models.ForeignKey(
        Dataset, models.SET_NULL, null=True, blank=True, related_name="enquiries", verbose_name=_("dataset")
    )
    found = models.BooleanField(_("found it"), null=True, blank=True)
    text = models.TextField(_("message"), max_length=5000, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=[("en", "English"), ("fr", "Français")])
    created_at = models.DateTimeField(_("received"))
    taken_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("taken by"))
    answer = models.TextField(_("answer"), max_length=10_000, blank=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ("-created_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EnquiryKind.values), name="datasets_enquiry_kind_known"),
            models.CheckConstraint(condition=Q(state__in=EnquiryState.values), name="datasets_enquiry_state_known"),
            models.CheckConstraint(condition=Q(language__in=["en", "fr"]), name="datasets_enquiry_language_known"),
            models.CheckConstraint(
                condition=~Q(kind="contact") | (~Q(email="") & ~Q(text="")), name="datasets_enquiry_contact_can_be_answered"
            ),
            models.CheckConstraint(
                condition=Q(kind="feedback", found__isnull=False) | Q(kind="contact", found__isnull=True),
                name="datasets_enquiry_feedback_says_found",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False) & ~Q(answer="")
                | ~Q(state="answered") & Q(answered_at=None, answer=""),
                name="datasets_enquiry_answered_with_words",
            ),
        ]
        indexes = [models.Index(fields=["state", "kind", "-created_at"], name="datasets_enquiry_queue")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("datasets:enquiry-status", args=[self.code])
