"""States of a record and the moves between them; the names of the controlled vocabularies."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DatasetState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = nonmember({"draft": {"published"}, "published": {"withdrawn", "draft"}, "withdrawn": {"published", "draft"}})

    def can_become(self, other: "DatasetState") -> bool:
        return other.value in self.MOVES[self.value]


class PublicEvent(models.TextChoices):
    """What happens to a dataset in public."""

    RELEASED = "released", _("Released for the first time")
    CHANGED = "changed", _("New version")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RESTORED = "restored", _("Public again")
    SUPERSEDED = "superseded", _("Superseded")


class RevisionState(models.TextChoices):
    """Whose turn it is with a new record, or with a change of a public one, on its way to the public."""

    EDITING = "editing", _("With the editor")
    REVIEW = "review", _("Waits for review")
    SIGN_OFF = "sign_off", _("Waits for sign-off")
    RELEASE = "release", _("Waits for release")
    SCHEDULED = "scheduled", _("Scheduled")
    RELEASED = "released", _("Released")
    DISCARDED = "discarded", _("Set aside")

    OPEN = nonmember(("editing", "review", "sign_off", "release", "scheduled"))
    SIGNED = nonmember(("release", "scheduled", "released"))
    WHOSE = nonmember(
        {
            "editing": _("The department’s editor"),
            "review": _("A reviewer of the department"),
            "sign_off": _("The department’s senior official"),
            "release": _("The portal’s publishers"),
        }
    )

    @property
    def whose_turn(self) -> str:
        """For whom a record in this state waits; empty where it waits for nobody."""
        return str(self.WHOSE.get(self.value, ""))


class Situation(models.TextChoices):
    """Where a department finds a record: with whom the work on it is or, where nobody works on it, what the public sees."""

    EDITING = "editing", _("With the editor")
    REVIEW = "review", _("Waits for review")
    SIGN_OFF = "sign_off", _("Waits for sign-off")
    RELEASE = "release", _("Waits for release")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", pgettext_lazy("a record", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("a record", "Withdrawn")
    DRAFT = "draft", _("Set aside")


class Move(models.TextChoices):
    """What may be done with a revision. `MOVES` says from which states it leads to which; `datasets.rules` says who may."""

    SUBMIT = "submit", _("Send to review")
    RECALL = "recall", _("Take back")
    PASS = "pass", _("Pass the review")
    GIVE_BACK = "give_back", _("Give back to the editor")
    SIGN = "sign", _("Sign off")
    RETRACT = "retract", _("Take the sign-off back")
    RELEASE = "release", _("Release")
    SCHEDULE = "schedule", _("Schedule the release")
    UNSCHEDULE = "unschedule", _("Cancel the scheduled release")
    DISCARD = "discard", _("Set the work aside")

    MOVES = nonmember(
        {
            "submit": ({"editing"}, "review"),
            "recall": ({"review", "sign_off", "release"}, "editing"),
            "pass": ({"review"}, "sign_off"),
            "give_back": ({"review", "sign_off", "release", "scheduled"}, "editing"),
            "sign": ({"sign_off"}, "release"),
            "retract": ({"release", "scheduled"}, "editing"),
            "release": ({"release", "scheduled"}, "released"),
            "schedule": ({"release"}, "scheduled"),
            "unschedule": ({"scheduled"}, "release"),
            "discard": ({"editing"}, "discarded"),
        }
    )

    @property
    def origins(self) -> frozenset[str]:
        return frozenset(self.MOVES[self.value][0])

    @property
    def goal(self) -> RevisionState:
        return RevisionState(self.MOVES[self.value][1])


class Criterion(models.TextChoices):
    """What a department answers for before a record may be signed off."""

    CONFIDENTIALITY = "confidentiality", _("Confidentiality")
    AUTHORITY = "authority", _("Authority to release")
    FORMATS = "formats", _("Open and accessible formats")
    PRIVACY = "privacy", pgettext_lazy("a criterion of review", "Privacy")
    OFFICIAL_LANGUAGES = "official_languages", _("Official languages")
    SECURITY = "security", _("Security")
    OTHER = "other", _("Other obligations")


class Decision(models.TextChoices):
    MET = "met", _("Met")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")
    NOT_MET = "not_met", _("Not met")


class FreshnessState(models.TextChoices):
    """How a public dataset stands to the frequency that it declares."""

    LATE = "late", _("Update overdue")
    DUE_SOON = "due_soon", _("Update due soon")
    CURRENT = "current", _("Up to date")
    UNKNOWN = "unknown", _("No declared rhythm")


class RecordType(models.TextChoices):
    """CKAN's dataset types on the portal: which fields of the schema apply."""

    DATASET = "dataset", _("Dataset")
    PUBLICATION = "info", _("Publication")


class Counted(models.TextChoices):
    """What is counted by day, without cookies and without robots."""

    VIEW = "view", _("Views of datasets")
    DOWNLOAD = "download", _("Downloads")
    SEARCH = "search", _("Searches")
    EMPTY_SEARCH = "empty_search", _("Searches without a result")
    API_CALL = "api_call", _("API calls")


class EnquiryKind(models.TextChoices):
    CONTACT = "contact", _("Question")
    FEEDBACK = "feedback", _("Feedback on a page")


class EnquiryState(models.TextChoices):
    NEW = "new", pgettext_lazy("a message", "New")
    IN_PROGRESS = "in_progress", _("In progress")
    ANSWERED = "answered", pgettext_lazy("a message", "Answered")
    CLOSED = "closed", pgettext_lazy("a message", "Closed")

    MOVES = nonmember(
        {
            "new": {"in_progress", "answered", "closed"},
            "in_progress": {"in_progress", "answered", "closed"},
            "answered": set(),
            "closed": {"in_progress", "answered"},
        }
    )

    def can_become(self, other: "EnquiryState") -> bool:
        return other.value in self.MOVES[self.value]


class Vocabulary(models.TextChoices):
    """The controlled lists. Their terms stand in `datasets/vocabularies/*.json`, one file a list, and in `Term`."""

    ASSOCIATION_TYPE = "association_type", _("Association types")
    AUDIENCE = "audience", _("Audiences")
    CHARACTER_SET = "character_set", _("Character sets")
    COLLECTION = "collection", _("Collections")
    DATA_QUALITY = "data_quality", _("Data quality")
    DISPLAY_FLAGS = "display_flags", _("Display flags")
    FAA_SCHEDULE = "faa_schedule", _("Schedules of the Financial Administration Act")
    FORMAT = "format", _("Formats")
    FREQUENCY = "frequency", _("Frequencies")
    GEOGRAPHIC_REGION = "geographic_region", _("Geographic regions")
    IMSO_APPROVAL = "imso_approval", _("Approvals")
    ISSUANCE = "issuance", _("Kinds of issuance")
    ISSUANCE_FREQUENCY = "issuance_frequency", _("Frequencies of issuance")
    JURISDICTION = "jurisdiction", _("Jurisdictions")
    LANGUAGE = "language", _("Languages")
    LICENSE = "license", _("Licences")
    PRESENTATION_FORM = "presentation_form", _("Forms of presentation")
    READY_TO_PUBLISH = "ready_to_publish", _("Readiness")
    REGISTRY_ACCESS = "registry_access", _("Access to the registry")
    RELATED_TYPE = "related_type", _("Kinds of related things")
    RELATIONSHIP_KIND = "relationship_kind", _("Relationships of datasets")
    REPORTING_REQUIREMENTS = "reporting_requirements", _("Reporting requirements")
    REQUEST_REASON = "request_reason", _("Reasons of a request")
    REQUEST_STATUS = "request_status", _("Statuses of a request")
    RESOURCE_RELATIONSHIP_KIND = "resource_relationship_kind", _("Relationships of resources")
    RESOURCE_TYPE = "resource_type", _("Resource types")
    RESTRICTIONS = "restrictions", _("Restrictions")
    SPATIAL_REPRESENTATION_TYPE = "spatial_representation_type", _("Spatial representation types")
    STATUS = "status", _("Statuses")
    SUBJECT = "subject", _("Subjects")
    TOPIC_CATEGORY = "topic_category", _("Topic categories")


INVERSE_RELATIONSHIPS = {
    "continues": "continued_by",
    "continues_in_part": "continued_in_part_by",
    "supersedes": "superseded_by",
    "formed_by_the_union_of": "merged_into",
    "superseded_in_part_by": "absorbed_in_part",
    "absorbed": "absorbed_by",
    "absorbed_in_part": "absorbed_in_part_by",
    "separated_from": "split_into",
    "changed_back_to": "changed_back_to",
}
INVERSE_RELATIONSHIPS |= {other: kind for kind, other in INVERSE_RELATIONSHIPS.items() if other not in INVERSE_RELATIONSHIPS}
