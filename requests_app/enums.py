from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestKind(models.TextChoices):
    """What somebody asks for: data, or that data be used."""

    REQUEST = "request", _("Request for data")
    IDEA = "idea", _("Idea for using data")


class Reason(models.TextChoices):
    """Why the data matter to who asks, as the real portal's form has it."""

    ACADEMIC = "academic", _("Academic")
    SCIENTIFIC = "scientific", _("Scientific")
    PERSONAL = "personal", _("Personal")
    BUSINESS = "business", _("Business")
    OTHER = "other", pgettext_lazy("a reason", "Other")


class RequestStatus(models.TextChoices):
    """Where a request stands with the government: the real portal's statuses, and the time before the first of them."""

    RECEIVED = "received", pgettext_lazy("a request", "Received")
    SENT = "sent", pgettext_lazy("a request", "Sent to the data owner")
    UNDER_REVIEW = "under_review", pgettext_lazy("a request", "Under review")
    IN_PROGRESS = "in_progress", pgettext_lazy("a request", "In progress")
    PUBLISHED = "published", pgettext_lazy("a request", "Published")
    NOT_HELD = "not_held", pgettext_lazy("a request", "Not held by the government")
    UNABLE = "unable", pgettext_lazy("a request", "Unable to publish")
    OTHER_GOVERNMENT = "other_government", pgettext_lazy("a request", "Provincial or territorial data")
    TRANSFERRED = "transferred", pgettext_lazy("a request", "Transferred to another organization")

    @property
    def is_final(self) -> bool:
        """Whether it is an answer: nothing more is owed."""
        return self in FINAL


FINAL = frozenset([RequestStatus.PUBLISHED, RequestStatus.NOT_HELD, RequestStatus.UNABLE, RequestStatus.OTHER_GOVERNMENT])
ANSWERS = [status for status in RequestStatus if status != RequestStatus.RECEIVED]
