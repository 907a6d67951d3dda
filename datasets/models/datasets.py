import uuid
from contextlib import suppress
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User

from ..enums import DatasetState, RecordType


def public_now(way: str = "") -> Q:
    """That a dataset is released and the instant of release has passed; `way` leads to it, for example `target__`.

    As a condition on a join: `IN` over a subquery makes SQLite list all that is public, for one row too.
    """
    return Q((f"{way}state", DatasetState.PUBLISHED), (f"{way}visible_from__lte", timezone.now()))


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def published(self) -> "DatasetQuerySet":
        """What the public may see now."""
        return self.filter(public_now())

    def at(self, reference: str) -> "DatasetQuerySet":
        """The record of this name or identifier."""
        meant = Q(name=reference)
        with suppress(ValueError):
            meant |= Q(pk=uuid.UUID(reference))
        return self.filter(meant)

    def tombstones(self) -> "DatasetQuerySet":
        """Withdrawn records that were public once: their address answers 410 with the reason."""
        return self.filter(state=DatasetState.WITHDRAWN, visible_from__isnull=False)

    def visible_to(self, user: "User | AnonymousUser | None") -> "DatasetQuerySet":
        """The twin of the rule `datasets.view_dataset`: public records, one's organizations' own, all for portal staff."""
        if not isinstance(user, User) or not user.is_active:
            return self.published()
        if user.is_superuser or user.appointments.exists():
            return self
        return self.filter(public_now() | Q(owner_org__in=user.memberships.values("organization")))

    def for_cards(self) -> "DatasetQuerySet":
        """With what a line of a result list shows, in a constant number of queries."""
        return self.select_related("owner_org").prefetch_related("resources")


class Dataset(models.Model):
    """A record of the catalogue, with the fields of the real portal's schema (`dataset` and `info`).

    Choices are codes of the vocabularies (`Term`), checked by the services that write; lists of codes and keywords are JSON
    lists of text. Text is two columns, `_en` and `_fr`. What an import brings and the schema does not know stands in `extras`.
    Rows are what the public sees; only services write them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.SlugField(_("slug"), max_length=100, unique=True)
    record_type = models.CharField(_("record type"), max_length=10, choices=RecordType, default=RecordType.DATASET)
    collection = models.CharField(_("collection"), max_length=40, default="primary")

    # What it is
    title = models.CharField(_("title"), max_length=1000, blank=True)
    notes = models.TextField(_("description"), blank=True)
    additional_notes = models.TextField(_("note"), blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    subject = models.JSONField(_("subjects"), default=list, blank=True)
    topic_category = models.JSONField(_("topic categories"), default=list, blank=True)
    audience = models.JSONField(_("audiences"), default=list, blank=True)
    data_series_name = models.CharField(_("series title"), max_length=1000, blank=True)
    data_series_issue_identification = models.CharField(_("series issue"), max_length=1000, blank=True)
    digital_object_identifier = models.CharField(_("DOI"), max_length=200, blank=True)
    program_page_url = models.CharField(_("program page"), max_length=2000, blank=True)
    machine_translated = models.JSONField(
        _("machine-translated fields"), default=dict, blank=True, help_text=_("Field to the language it was translated from.")
    )

    # Who answers for it
    owner_org = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="datasets", verbose_name=_("publisher")
    )
    org_title_at_publication = models.CharField(_("publisher at publication"), max_length=400, blank=True)
    org_section = models.CharField(_("organization section"), max_length=1000, blank=True)
    creator = models.CharField(_("creator"), max_length=1000, blank=True)
    contributor = models.TextField(_("contributor"), blank=True)
    credit = models.JSONField(_("credit"), default=list, blank=True)
    maintainer_email = models.CharField(_("contact e-mail"), max_length=254, blank=True)
    maintainer_contact_form = models.CharField(_("contact form"), max_length=2000, blank=True)
    metadata_contact = models.TextField(_("metadata contact"), blank=True)
    position_name = models.CharField(_("position"), max_length=400, blank=True)
    responsible_role = models.CharField(_("role"), max_length=100, blank=True)
    contact_information = models.JSONField(_("contact information"), default=dict, blank=True)
    distributor = models.JSONField(_("distributor"), default=dict, blank=True)

    # Where and when
    place_of_publication = models.JSONField(_("places of publication"), default=list, blank=True)
    geographic_region = models.JSONField(_("geographic regions"), default=list, blank=True)
    spatial = models.JSONField(_("extent (GeoJSON geometry)"), null=True, blank=True)
    west = models.FloatField(_("west, degrees"), null=True, blank=True, editable=False)
    south = models.FloatField(_("south, degrees"), null=True, blank=True, editable=False)
    east = models.FloatField(_("east, degrees"), null=True, blank=True, editable=False)
    north = models.FloatField(_("north, degrees"), null=True, blank=True, editable=False)
    time_period_coverage_start = models.DateField(_("coverage from"), null=True, blank=True)
    time_period_coverage_end = models.DateField(_("coverage to"), null=True, blank=True)
    frequency = models.CharField(_("frequency"), max_length=20, blank=True)
    date_published = models.DateField(_("date published"), null=True, blank=True)
    date_modified = models.DateField(_("date modified"), null=True, blank=True)
    federated_date_modified = models.DateField(_("date modified at source"), null=True, blank=True)
    portal_release_date = models.DateField(_("released on the portal"), null=True, blank=True)

    # Under what terms
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20, default="federal")
    license_id = models.CharField(_("licence"), max_length=80, default="ca-ogl-lgo")
    restrictions = models.CharField(_("restrictions"), max_length=40, default="unrestricted", blank=True)

    # Geospatial records
    status = models.CharField(_("status"), max_length=40, blank=True)
    association_type = models.JSONField(_("association types"), default=list, blank=True)
    aggregate_identifier = models.CharField(_("aggregate dataset identifier"), max_length=400, blank=True)
    spatial_representation_type = models.JSONField(_("spatial representation types"), default=list, blank=True)
    presentation_form = models.CharField(_("form of presentation"), max_length=40, blank=True)
    reference_system_information = models.CharField(_("reference system"), max_length=400, blank=True)
    parent_id = models.CharField(_("parent identifier"), max_length=200, blank=True)
    hierarchy_level = models.CharField(_("hierarchy level"), max_length=100, blank=True)
    file_id = models.CharField(_("file identifier"), max_length=200, blank=True)
    short_key = models.CharField(_("short key"), max_length=100, blank=True)
    display_flags = models.JSONField(_("display flags"), default=list, blank=True)

    # Publications
    issuance = models.CharField(_("issuance"), max_length=40, blank=True)
    issuance_frequency = models.CharField(_("frequency of issuance"), max_length=20, blank=True)
    date_created = models.DateField(_("date created"), null=True, blank=True)
    date_captured = models.DateField(_("date captured"), null=True, blank=True)
    edition = models.CharField(_("edition"), max_length=400, blank=True)
    series_publication_dates = models.CharField(_("series dates"), max_length=1000, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=100, blank=True)
    issn = models.CharField(_("ISSN"), max_length=100, blank=True)
    gc_catalogue_number = models.CharField(_("Government of Canada catalogue number"), max_length=100, blank=True)
    departmental_identification_number = models.CharField(_("departmental identification number"), max_length=100, blank=True)
    pspc_identification_number = models.CharField(_("PSPC identifier"), max_length=100, blank=True)

    # What only this portal knows
    extras = models.JSONField(_("other imported fields"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=DatasetState, default=DatasetState.DRAFT)
    visible_from = models.DateTimeField(_("public from"), null=True, blank=True)
    approved_at_source = models.CharField(
        _("approved at source"), max_length=300, blank=True, help_text=_("Where an imported record was approved.")
    )
    approved_at_source_at = models.DateTimeField(_("approved at source on"), null=True, blank=True)
    metadata_hash = models.CharField(_("hash of the record alone"), max_length=64, blank=True, editable=False)
    content_hash = models.CharField(_("hash of the record and its resources"), max_length=64, blank=True, editable=False)
    approved_hash = models.CharField(_("hash that was approved"), max_length=64, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("successor"))
    openness = models.PositiveSmallIntegerField(_("openness, 1 to 5"), default=1, editable=False)
    popularity = models.PositiveIntegerField(_("views and downloads of late"), default=0, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    metadata_created = models.DateTimeField(_("record created"), default=timezone.now)
    metadata_modified = models.DateTimeField(_("record modified"), default=timezone.now)

    title_en: str | None
    title_fr: str | None
    notes_fr: str | None
    org_title_at_publication_en: str | None
    org_title_at_publication_fr: str | None
    withdrawal_reason_en: str | None
    withdrawal_reason_fr: str | None

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DatasetState.values), name="datasets_dataset_state_known"),
            models.CheckConstraint(condition=Q(record_type__in=RecordType.values), name="datasets_dataset_record_type_known"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(approved_hash=F("content_hash")) & ~Q(content_hash=""))
                | ~Q(approved_at_source=""),
                name="datasets_dataset_public_only_if_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(visible_from__isnull=False), name="datasets_dataset_public_from_an_instant"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="datasets_dataset_withdrawn_at_an_instant"
            ),
            models.CheckConstraint(
                condition=Q(west=None, south=None, east=None, north=None)
                | Q(
                    west__gte=-180,
                    west__lte=180,
                    east__gte=-180,
                    east__lte=180,
                    south__gte=-90,
                    north__lte=90,
                    north__gte=F("south"),
                ),
                name="datasets_dataset_box_on_earth",
            ),
            models.CheckConstraint(condition=Q(openness__gte=1, openness__lte=5), name="datasets_dataset_openness_1_to_5"),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="datasets_dataset_not_own_successor"),
        ]
        indexes = [
            # The time first: SQLite, which keeps no statistics, takes a first column that must be equal for a narrow choice.
            models.Index(fields=["visible_from", "state"], name="datasets_dataset_public"),
            models.Index(fields=["owner_org", "state"], name="datasets_dataset_owner"),
            models.Index(fields=["-metadata_modified", "id"], name="datasets_dataset_modified"),
            models.Index(fields=["-metadata_created", "id"], name="datasets_dataset_created"),
            models.Index("frequency", Coalesce("date_modified", "date_published"), name="datasets_dataset_rhythm"),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        return reverse("datasets:dataset-detail", args=[self.name])

    @property
    def is_approved(self) -> bool:
        """Signed as it is, or approved by whom it was taken from."""
        return bool(self.approved_at_source) or (self.approved_hash != "" and self.approved_hash == self.content_hash)

    @property
    def published_on(self) -> date:
        """The day by which it is sorted as new, and shown as published."""
        return self.date_published or self.portal_release_date or self.metadata_created.date()

    @property
    def modified_on(self) -> date:
        """The day by which it is sorted as changed, and shown as updated."""
        return self.date_modified or self.federated_date_modified or self.metadata_modified.date()

    @property
    def is_approved_at_source(self) -> bool:
        return bool(self.approved_at_source)
