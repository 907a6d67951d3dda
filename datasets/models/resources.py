import uuid

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .datasets import Dataset, public_now

FILES = "resources"


def path_of(sha256: str) -> str:
    """Files stand under the hash of their content, so that an earlier one is never written over."""
    return f"{FILES}/{sha256[:2]}/{sha256}"


def stored_path(resource: "Resource", filename: str) -> str:
    return path_of(resource.sha256)


class ResourceQuerySet(models.QuerySet["Resource"]):
    def published(self) -> "ResourceQuerySet":
        return self.filter(public_now("dataset__"))

    def visible_to(self, user: "User | AnonymousUser | None") -> "ResourceQuerySet":
        """A resource is seen by whoever sees its dataset."""
        return self.filter(Exists(Dataset.objects.visible_to(user).filter(pk=OuterRef("dataset_id"))))


class Resource(models.Model):
    """A file or an address through which a dataset is given out; a distribution in DCAT's words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="resources", verbose_name=_("dataset"))
    position = models.PositiveIntegerField(_("position"), default=0)
    unique_identifier = models.CharField(_("unique identifier"), max_length=200, blank=True)
    name = models.CharField(_("title"), max_length=1000, blank=True)
    name_en: str | None
    name_fr: str | None
    description = models.TextField(_("description"), blank=True)
    resource_type = models.CharField(_("resource type"), max_length=60, blank=True)
    format = models.CharField(_("format"), max_length=40, blank=True)
    language = models.JSONField(_("languages"), default=list, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    file = models.FileField(_("file"), upload_to=stored_path, max_length=200, blank=True)
    filename = models.CharField(_("file name"), max_length=255, blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    character_set = models.CharField(_("character set"), max_length=40, blank=True)
    data_quality = models.JSONField(_("data quality"), default=list, blank=True)
    date_published = models.DateField(_("date published"), null=True, blank=True)
    relationships = models.JSONField(_("relationships"), default=list, blank=True)
    validation_status = models.CharField(_("validation status"), max_length=40, blank=True)
    validation_timestamp = models.DateTimeField(_("validated"), null=True, blank=True)
    machine_translated = models.JSONField(_("machine-translated fields"), default=dict, blank=True)
    extras = models.JSONField(_("other imported fields"), default=dict, blank=True)
    metadata_hash = models.CharField(_("hash of the record"), max_length=64, blank=True, editable=False)
    created = models.DateTimeField(_("record created"), default=timezone.now)
    metadata_modified = models.DateTimeField(_("record modified"), default=timezone.now)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ("position", "created", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(url="")
                | Q(url__istartswith="http://")
                | Q(url__istartswith="https://")
                | Q(url__istartswith="ftp://"),
                name="datasets_resource_url_scheme_safe",
            ),
            models.CheckConstraint(condition=Q(file="") | ~Q(sha256=""), name="datasets_resource_file_has_hash"),
        ]
        indexes = [models.Index(fields=["dataset", "position"], name="datasets_resource_order")]

    def __str__(self) -> str:
        return self.name or self.filename or self.url

    def get_absolute_url(self) -> str:
        return reverse("datasets:resource-detail", args=[self.dataset.name, self.pk])
