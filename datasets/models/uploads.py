import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .revisions import Revision


class Upload(models.Model):
    """A file that comes in parts. What was received is on storage when `received` says so, whatever breaks off in between.

    `fingerprint` is what the sender's browser says of the file beside its name and size: with the same one an upload goes on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="uploads", verbose_name=_("revision"))
    actor = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    filename = models.CharField(_("file name"), max_length=255)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    received = models.PositiveBigIntegerField(_("bytes received"), default=0)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="datasets_upload_not_more_than_its_size"),
            models.UniqueConstraint(
                fields=["revision", "actor", "filename", "size", "fingerprint"], name="datasets_upload_goes_on_as_one"
            ),
        ]
        indexes = [models.Index(fields=["started_at"], name="datasets_upload_started")]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_whole(self) -> bool:
        return self.received == self.size
