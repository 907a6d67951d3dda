from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(NamedTuple):
    """A file of the storage that goes with what somebody said, by the hash of its content. `size` in bytes."""

    sha256: str
    filename: str
    size: int


class Attachable(models.Model):
    """A row with which a file may go. It is written with the row, and never again."""

    attachment = models.CharField(_("SHA-256 of the attachment"), max_length=64, blank=True, editable=False)
    attachment_name = models.CharField(_("name of the attachment"), max_length=255, blank=True, editable=False)
    attachment_size = models.PositiveBigIntegerField(_("size of the attachment"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def attached(self) -> Attachment | None:
        if not self.attachment:
            return None
        return Attachment(self.attachment, self.attachment_name, self.attachment_size or 0)


def attachment_columns(attached: Attachment | None) -> dict[str, Any]:
    """The columns of `Attachable` that say this."""
    sha256, filename, size = attached or ("", "", None)
    return {"attachment": sha256, "attachment_name": filename, "attachment_size": size}
