"""Django's administration as the portal has it: its brand, its languages, and lists that stay quick at 250,000 rows."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import models
from django.forms import Field
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .brand import brand

MOST_COUNTED = 10_000
MOST_AT_ONCE = 100
LANGUAGES = ("en", "fr")


class PortalAdminSite(admin.AdminSite):
    """The site under the brand's name. What concerns one's own account is done on the pages of the account."""

    index_template = "admin/portal_index.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")  # no row goes by the hundred

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        # Translators: the title of the staff's pages; %(name)s is the portal's name.
        title = _("%(name)s: administration") % {"name": brand().name}
        return context | {"site_title": title, "site_header": title, "site_url": reverse("datasets:home")}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {"title": _("Administration")} | (extra_context or {}))

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        """Where the password is confirmed, the change mailed and recorded."""
        return redirect("account_change_password")


class CappedPaginator(Paginator):
    """Counts to 10,000 and no further: the rest is reached by searching and filtering, not by leafing."""

    @cached_property
    def found(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST_COUNTED + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST_COUNTED)

    @property
    def is_capped(self) -> bool:
        return self.found > MOST_COUNTED


class LeanChangeList(ChangeList):
    """Leaves columns that no list shows in the database."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> models.QuerySet[Any]:
        rows = super().get_queryset(request, exclude_parameters)
        return rows.defer(*self.model_admin.list_defer)  # type: ignore[attr-defined]


class SelectFilter(admin.RelatedFieldListFilter):
    """A filter by a related thing with hundreds of choices: a list to choose from, not a column of links."""

    template = "admin/select_filter.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        given = changelist.filter_params.items()
        kept = [(name, value) for name, values in given if name != self.lookup_kwarg for value in values]
        options = [(str(pk), label, str(pk) in (self.lookup_val or ())) for pk, label in self.lookup_choices]
        yield {"name": self.lookup_kwarg, "kept": kept, "options": options}


class PortalModelAdmin(admin.ModelAdmin):
    """What the portal's pages of administration share.

    Lists count no further than 10,000 and sort by indexed columns alone. Text in two languages stands side by side, each field
    marked with its language. A service that refuses says why on the page, and nothing is written. The actions that make sense for
    one row are offered on its own page, too.
    """

    list_per_page = 100
    list_max_show_all = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    save_on_top = False
    actions_on_bottom = False
    sortable_by: ClassVar[Any] = ()
    list_defer: ClassVar[tuple[str, ...]] = ()
    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    change_form_template = "admin/portal_change_form.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LeanChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Under the name of what is listed: “Select … to change” says it of one, and badly in French."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Field | None:
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and (language := getattr(db_field, "language", None)) in LANGUAGES and hasattr(db_field, "translated_field"):
            field.label = bilingual_label(db_field)
            field.widget.attrs["lang"] = language
        return field

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except self.refusals as refusal:
            self.message_user(request, sentence_of(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        context["row_actions"] = self.row_actions(request, row) if row is not None else []
        return super().render_change_form(request, context, *args, **kwargs)

    def row_actions(self, request: HttpRequest, row: Any) -> list[tuple[str, str]]:
        """The actions, by name and in words, that make sense for this row as it is."""
        offered: dict[str, Any] = self.get_actions(request)
        return [(name, offered[name][2]) for name in self.actions_for(row) if name in offered]

    def actions_for(self, row: Any) -> Iterable[str]:
        return ()

    def for_each(
        self, request: HttpRequest, rows: models.QuerySet[Any], service: Callable[[Any], object], done: Callable[[int], str]
    ) -> None:
        """Ask a service for each chosen row, 100 at most, and say for how many it was done and why not for the others."""
        chosen = list(rows[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            self.message_user(request, _("Please choose %(most)d at most.") % {"most": MOST_AT_ONCE}, messages.ERROR)
            return
        count = 0
        for row in chosen:
            try:
                service(row)
            except self.refusals as refusal:
                self.message_user(request, f"{row}: {sentence_of(refusal)}", messages.ERROR)
            else:
                count += 1
        if count:
            self.message_user(request, done(count), messages.SUCCESS)


class ReadOnly:
    """Rows that are looked at here, and written elsewhere or by actions."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    """Some rows that belong to the one that is shown."""

    extra = 0
    can_delete = False
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields


def bilingual_label(field: Any) -> str:
    """The name of a field of text with its language: `Title (in French)`."""
    # Translators: a field of a form that holds text of one language, such as “Title (in French)”.
    label = {"en": _("%(field)s (in English)"), "fr": _("%(field)s (in French)")}[field.language]
    return label % {"field": capfirst(field.translated_field.verbose_name)}


def sentence_of(refusal: Exception) -> str:
    """Why a service refused; a ValidationError may give several reasons."""
    return " ".join(refusal.messages) if hasattr(refusal, "messages") else str(refusal)
