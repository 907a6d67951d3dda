import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .people import User


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def active(self) -> "OrganizationQuerySet":
        return self.filter(is_active=True)

    def visible_to(self, user: "User | AnonymousUser | None") -> "OrganizationQuerySet":
        """Every organization is public, also one that was closed: its page names its successor."""
        return self.all()


class Organization(models.Model):
    """A department, agency or other government that publishes. The fields are those of the real portal's schema."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=400)
    title_en: str | None
    title_fr: str | None
    shortform_en: str | None
    shortform_fr: str | None
    shortform = models.CharField(_("acronym"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20, default="federal")
    department_number = models.CharField(_("department number"), max_length=40, blank=True)
    umd_number = models.CharField(_("UMD number"), max_length=40, blank=True)
    faa_schedule = models.CharField(_("Financial Administration Act schedule"), max_length=10, blank=True)
    reporting_requirements = models.JSONField(_("proactive disclosure owed"), default=list, blank=True)
    ati_email = models.EmailField(_("access to information e-mail"), blank=True)
    opengov_email = models.EmailField(_("open government e-mail"), blank=True)
    registry_access = models.CharField(_("registry access"), max_length=20, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent"))
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("successors")
    )
    is_active = models.BooleanField(_("active"), default=True)
    former_acronyms = models.JSONField(_("former acronyms"), default=list, blank=True)
    extras = models.JSONField(_("other imported fields"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="accounts_organization_has_slug"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="accounts_organization_not_own_parent"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("datasets:organization-detail", args=[self.name])
