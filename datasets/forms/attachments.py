"""A file beside a text. One that was good is kept while the rest of its form is put right: browsers send it once."""

from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import keep_lazy_text
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opengov.templatetags.portal import filesize

from ..models.attachments import Attachment
from ..services.files import store_upload
from .resources import FileField

SALT = "datasets.attachment"


@keep_lazy_text
def _limited(text: Any) -> str:
    return str(text) % {"limit": filesize(settings.UPLOAD_MAX_BYTES)}


class Sent(NamedTuple):
    """What the browser sent: a new file, the one that its form kept, and whether that one is left out."""

    upload: UploadedFile | None
    kept: Attachment | None
    is_dropped: bool

    @property
    def left(self) -> Attachment | None:
        return None if self.is_dropped else self.kept


class AttachmentInput(forms.FileInput):
    """A choice of file and, where one is there already, its name, a signed note of it and a box to leave it out."""

    def render(self, name: str, value: Attachment | None, attrs: Any = None, renderer: Any = None) -> SafeString:
        chooser = super().render(name, None, attrs, renderer)
        if value is None:
            return chooser
        return format_html(
            '<p class="field__kept">{} <span class="soft">{}</span></p><input type="hidden" name="{}-kept" value="{}">'
            '<p><label><input type="checkbox" name="{}-dropped" value="1"> {}</label></p>{}',
            value.filename,
            filesize(value.size),
            name,
            signing.dumps(value, salt=SALT),
            name,
            _("Leave out “%(file)s”") % {"file": value.filename},
            chooser,
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        return Sent(files.get(name), _read(data.get(f"{name}-kept", "")), f"{name}-dropped" in data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-kept" not in data


class AttachmentField(forms.Field):
    """An `Attachment` or nothing. A file of a kind and size that are taken is put into the storage at once."""

    widget = AttachmentInput
    left: Attachment | None = None  # what is kept when the form is shown again

    def __init__(self, **options: Any) -> None:
        taken = gettext_lazy("A document, a table or a picture, up to %(limit)s.")
        super().__init__(required=False, help_text=_limited(taken), **options)
        self.file = FileField(required=False, max_length=255)

    def clean(self, value: Sent) -> Attachment | None:
        self.left = value.left
        upload = self.file.clean(value.upload)
        if upload is not None:
            stored = store_upload(upload)
            self.left = Attachment(stored.sha256, upload.name, stored.size)
        return self.left

    def bound_data(self, data: Sent, initial: Any) -> Attachment | None:
        return self.left


def _read(token: str) -> Attachment | None:
    try:
        return Attachment(*signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None
