"""The forms of a resource: what it is, and where it is: at an address, or in a file of the portal's."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from opengov.templatetags.portal import filesize

from ..ckan.values import safe_address
from ..content_sniffing import FORMATS, extension_of, is_taken, is_what_it_says
from ..enums import Vocabulary
from ..errors import DatasetsError
from ..models import Resource, Upload
from ..plain_text import one_line
from ..selectors import terms
from ..services import links
from ..services import uploads as uploads_
from .fields import CheckList, PlainField

FIRST_LANGUAGES = ("en", "fr", "zxx")


def _choices(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in terms.choices(vocabulary).values()]


def _optional(vocabulary: Vocabulary) -> list[tuple[str, Any]]:
    return [("", _("Choose one")), *_choices(vocabulary)]


def _languages() -> list[tuple[str, str]]:
    """Those that most resources are in first."""
    places = {code: place for place, code in enumerate(FIRST_LANGUAGES)}
    return sorted(_choices(Vocabulary.LANGUAGE), key=lambda choice: places.get(choice[0], len(places)))


class ResourceForm(forms.Form):
    """What a resource is. What is owed is owed at review."""

    COLUMNS = (
        "name_en", "name_fr", "description_en", "description_fr", "resource_type", "format", "language", "data_quality",
        "character_set", "date_published",
    )  # fmt: skip
    name_en = PlainField(label=_("Title (in English)"), max_length=1000, required=False)
    name_fr = PlainField(label=_("Title (in French)"), max_length=1000, required=False)
    description_en = PlainField(label=_("Description (in English)"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    description_fr = PlainField(label=_("Description (in French)"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    resource_type = forms.ChoiceField(
        label=_("Kind"), required=False, choices=lambda: _optional(Vocabulary.RESOURCE_TYPE), initial="dataset"
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=lambda: _optional(Vocabulary.FORMAT),
        help_text=_("Left empty, it is taken from the ending of the name."),
    )
    language = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=_languages,
        widget=CheckList,
        help_text=_("The languages of the content. A table of numbers alone has none: “No linguistic content”."),
    )
    data_quality = forms.MultipleChoiceField(
        label=_("What the data hold"), required=False, choices=lambda: _choices(Vocabulary.DATA_QUALITY), widget=CheckList
    )
    character_set = forms.ChoiceField(
        label=_("Character set"), required=False, choices=lambda: _optional(Vocabulary.CHARACTER_SET)
    )
    date_published = forms.DateField(
        label=_("Date published"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    owed = ("resource_type", "format", "language")
    pairs = (("name_en", "name_fr"), ("description_en", "description_fr"))
    folded = ("data_quality", "character_set", "date_published")

    def __init__(self, *args: Any, resource: Resource | None = None, **kwargs: Any) -> None:
        initial = {column: getattr(resource, column) for column in self.columns} if resource else {}
        super().__init__(*args, **{"initial": initial} | kwargs)
        self.resource = resource
        for name, field in self.fields.items():
            field.is_owed = name in self.owed  # type: ignore[attr-defined]
            if name.endswith(("_en", "_fr")):
                field.widget.attrs["lang"] = name[-2:]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the resource that stand in the form."""
        return self.COLUMNS

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Those of the place, before all others."""
        rest = {name for pair in self.pairs for name in pair} | {*self.owed, *self.folded}
        return [self[name] for name in self.fields if name not in rest]

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in pair] for pair in self.pairs] + [[self[name]] for name in self.owed]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.folded]

    def following(self) -> dict[str, Any]:
        """Columns that follow from what was written."""
        return {}

    def apply(self, resource: Resource) -> Resource:
        """The resource with what was written."""
        for column, value in ({name: self.cleaned_data[name] for name in self.columns} | self.following()).items():
            setattr(resource, column, value)
        return resource


class LinkForm(ResourceForm):
    """A resource at an address, which must answer, or be wanted all the same."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
        help_text=_("The address of the file or service itself. The portal looks whether it answers."),
    )
    all_the_same = forms.BooleanField(label=_("Keep the address all the same"), required=False)
    field_order = ["url", "all_the_same"]
    report: links.LinkReport | None = None  # of an address that is new

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # nothing is wrong with the address yet
            self.fields["all_the_same"].widget = forms.HiddenInput()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.COLUMNS, "url")

    def clean_url(self) -> str:
        if refusal := links.refusal(self.cleaned_data["url"]):
            raise forms.ValidationError(refusal, code="unsafe")
        return safe_address(self.cleaned_data["url"])[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        url = cleaned.get("url")
        if url and (self.resource is None or url != self.resource.url):
            self.report = links.check(url)
            if self.report.is_refused or (self.report.problem and not cleaned.get("all_the_same")):
                self.add_error("url", self.report.problem)
        if url and not cleaned.get("format"):
            cleaned["format"] = format_of(url.partition("?")[0])
        return cleaned

    def following(self) -> dict[str, Any]:
        return {"size": self.report.size} if self.report else {}


class FileField(forms.FileField):
    """A file of a kind and size that are taken, and that is what its name says."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            upload.name = one_line(upload.name or "")
            check_upload(upload)
        return upload


class UploadForm(forms.Form):
    """The announcement of a file that comes in parts."""

    filename = forms.CharField(max_length=255)
    size = forms.IntegerField(min_value=1)
    fingerprint = forms.CharField(max_length=64, required=False)

    def clean_filename(self) -> str:
        name = one_line(self.cleaned_data["filename"])
        check_kind(name)
        return name

    def clean_size(self) -> int:
        check_size(self.cleaned_data["size"])
        return int(self.cleaned_data["size"])


class FileForm(ResourceForm):
    """A resource in a file of the portal's. A new file in place of another says why; the earlier one stays in the history.

    Args:
        uploads: those from which the file may come that was sent in parts, instead of with the form.
    """

    file = FileField(label=_("File"), max_length=255, required=False)
    upload = forms.ModelChoiceField(Upload.objects.none(), required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What changes, and why"),
        max_length=500,
        required=False,
        help_text=_("Readers of the history see it beside the new file."),
    )
    field_order = ["file", "upload", "note"]

    def __init__(self, *args: Any, uploads: models.QuerySet[Upload], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].queryset = uploads  # type: ignore[attr-defined]
        limit = filesize(settings.UPLOAD_MAX_BYTES)
        help_text = _("Data, documents or pictures, up to %(limit)s. Programs are not taken.")
        self.fields["file"].help_text = help_text % {"limit": limit}
        if self.resource is None:
            del self.fields["note"]
            self.fields["file"].is_owed = True  # type: ignore[attr-defined]
        else:
            self.fields["file"].label = _("New file")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (upload := cleaned.get("upload")) and not cleaned.get("file"):
            cleaned["file"] = self._assembled(upload)
        file = cleaned.get("file")
        if file is None and self.resource is None and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        if file and (self.resource or not cleaned.get("format")):
            cleaned["format"] = format_of(file.name) or cleaned.get("format", "")
        if file and self.resource and not cleaned.get("note"):
            self.add_error("note", _("Say what changes with the new file."))
        return cleaned

    def _assembled(self, upload: Upload) -> UploadedFile | None:
        try:
            file = uploads_.assembled(upload)
        except DatasetsError as error:
            self.add_error("file", str(error))
            return None
        try:
            check_upload(file)
        except forms.ValidationError as error:
            file.close()
            self.add_error("file", error)
            return None
        return file


class PlaceForm(forms.Form):
    """Where a resource is to stand among all of its record, the first being 1."""

    place = forms.IntegerField(min_value=1)

    def __init__(self, *args: Any, last: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].validators.append(MaxValueValidator(last))


def format_of(name: str) -> str:
    """The code of the format that the ending of a name stands for; empty where it stands for none."""
    extension = extension_of(PurePath(name).name)
    return terms.code_of(Vocabulary.FORMAT, FORMATS.get(extension, extension)) or "" if extension else ""


def check_size(size: int) -> None:
    """
    Raises:
        ValidationError: a file of this size is too large.
    """
    if size > settings.UPLOAD_MAX_BYTES:
        limit = filesize(settings.UPLOAD_MAX_BYTES)
        raise forms.ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit}, code="size")


def check_kind(name: str) -> None:
    """
    Raises:
        ValidationError: files with this ending of the name are not taken.
    """
    if not is_taken(name):
        raise forms.ValidationError(_("Files of this kind are not taken."), code="kind")


def check_upload(upload: UploadedFile) -> None:
    """
    Raises:
        ValidationError: it is too large, of a kind that is not taken, or not what its name says.
    """
    check_size(upload.size or 0)
    check_kind(upload.name or "")
    if not is_what_it_says(upload.name or "", upload):
        raise forms.ValidationError(_("The content of this file is not what the ending of its name says."), code="content")
