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
PROMISING = frozenset([RequestStatus.SENT, RequestStatus.UNDER_REVIEW, RequestStatus.IN_PROGRESS])  # they owe a due date
MEANINGS = {
    RequestStatus.SENT: _("The people who hold the data have the request."),
    RequestStatus.UNDER_REVIEW: _("You look into whether the data exists and may be published."),
    RequestStatus.IN_PROGRESS: _("It will be published: you prepare it."),
    RequestStatus.PUBLISHED: _("The data is in the catalogue. Choose the dataset below."),
    RequestStatus.NOT_HELD: _("No department has such data. Say where else it may be."),
    RequestStatus.UNABLE: _("The data exists, and a law or an agreement forbids publishing it. Say which."),
    RequestStatus.OTHER_GOVERNMENT: _("A province, a territory or a municipality holds the data. Say which, with an address."),
    RequestStatus.TRANSFERRED: _(
        "Another department holds the data. Choose it below: its people are told, and its clock starts."
    ),
}
MEANINGS_FOR_IDEAS = MEANINGS | {
    RequestStatus.UNDER_REVIEW: _("You look into whether the idea can be carried out, and with which data."),
    RequestStatus.IN_PROGRESS: _("Somebody works on it. Say who, and what comes first."),
    RequestStatus.PUBLISHED: _("It is carried out. Say where it is; choose the dataset that it uses, if it is in the catalogue."),
    RequestStatus.NOT_HELD: _("The data that the idea needs does not exist."),
    RequestStatus.UNABLE: _("The government cannot carry it out. Say why, and whether others may."),
}
