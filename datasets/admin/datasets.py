"""The pages of records. Whoever may publish writes drafts and withdraws; the others of the portal's staff read them.

What was public is changed by a revision alone: its page leads there.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.recorded_admin import actor_of
from opengov.administration import SelectFilter

from ..enums import DatasetState
from ..forms.revisions import PublicReasonForm
from ..models import Dataset
from ..selectors.staff_search import ids_of
from ..services import publication, revisions
from .dataset_fieldsets import FIELDSETS, KEPT
from .fields import CatalogueAdmin
from .relationships import RelationshipInline


class WithdrawForm(PublicReasonForm):
    successor = forms.ModelChoiceField(
        Dataset.objects.all(),
        label=_("Successor"),
        required=False,
        widget=AutocompleteSelect(Dataset._meta.get_field("successor"), admin.site),
        help_text=_("The dataset that takes its place."),
    )


@admin.register(Dataset)
class DatasetAdmin(CatalogueAdmin):
    list_display = ("__str__", "state", "owner_org", "metadata_modified")
    list_select_related = ("owner_org",)
    list_filter = ("state", "record_type", ("owner_org", SelectFilter))
    list_defer = ("notes_en", "notes_fr", "spatial", "extras")
    search_fields = ("name",)
    search_help_text = _("Words of the title, the beginning of the slug, or the identifier")
    ordering = ("-metadata_modified", "id")
    sortable_by = ("metadata_modified",)
    autocomplete_fields = ("owner_org",)
    inlines = (RelationshipInline,)
    actions = ("withdraw", "restore")
    fieldsets = FIELDSETS

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Dataset | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state == DatasetState.DRAFT)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("datasets.publish_datasets")

    def get_readonly_fields(self, request: HttpRequest, obj: Dataset | None = None) -> tuple[str, ...]:
        """What services own; and the slug, once people may have noted the address."""
        return (*KEPT, "parts", "name") if obj and obj.visible_from else (*KEPT, "parts")

    @admin.display(description=_("parts"))
    def parts(self, row: Dataset) -> SafeString:
        """The ways to the record's resources and versions."""
        if row._state.adding:
            return SafeString("–")
        asked = f"?dataset__id__exact={row.pk}"
        resources, versions = (reverse(f"admin:datasets_{name}_changelist") + asked for name in ("resource", "version"))
        add = f"{reverse('admin:datasets_resource_add')}?dataset={row.pk}"
        links = [(resources, _("Resources")), (versions, _("Versions"))]
        if row.state == DatasetState.DRAFT:
            links.insert(1, (add, _("Add a resource")))
        links += [(revision.get_absolute_url(), _("In the workbench")) for revision in row.revisions.open()]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Dataset], search_term: str
    ) -> tuple[QuerySet[Dataset], bool]:
        return (queryset.filter(pk__in=ids_of(search_term)) if search_term.strip() else queryset), False

    def save_model(self, request: HttpRequest, obj: Dataset, form: Any, change: bool) -> None:
        """With its relationships: see `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        (relationships,) = formsets
        relationships.save(commit=False)  # notes what was changed, which Django's pages ask for
        related = relationships.related() if relationships.has_changed() else None
        edit = revisions.Edit(dataset=form.instance, relationships=related)
        revisions.write_draft(dataset=form.instance, edit=edit, actor=actor_of(request), now=timezone.now())

    def actions_for(self, row: Dataset) -> tuple[str, ...]:
        return {
            DatasetState.DRAFT: (),
            DatasetState.PUBLISHED: ("withdraw",),
            DatasetState.WITHDRAWN: ("restore",),
        }[DatasetState(row.state)]

    @admin.action(description=_("Withdraw"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Dataset]) -> HttpResponse | None:
        form = self.asked(request, rows, "withdraw", WithdrawForm, str(_("Withdraw")))
        if isinstance(form, HttpResponse):
            return form
        now, said = timezone.now(), form.cleaned_data
        self.for_each(
            request,
            rows,
            lambda row: publication.withdraw(dataset=row, actor=actor_of(request), now=now, **said),
            lambda count: (
                ngettext("%(count)d dataset is withdrawn.", "%(count)d datasets are withdrawn.", count) % {"count": count}
            ),
        )
        return None

    @admin.action(description=_("Give back to the public"), permissions=["publish"])
    def restore(self, request: HttpRequest, rows: QuerySet[Dataset]) -> None:
        now = timezone.now()
        self.for_each(
            request,
            rows,
            lambda row: publication.restore(dataset=row, actor=actor_of(request), now=now),
            lambda count: (
                ngettext("%(count)d dataset is public again.", "%(count)d datasets are public again.", count) % {"count": count}
            ),
        )
