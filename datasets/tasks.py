"""What the catalogue needs done again and again."""

import logging

from django.utils import timezone

from .enums import RevisionState
from .errors import DatasetsError
from .models import Revision
from .services import announcements, files, gates, reminders, uploads

log = logging.getLogger(__name__)


def release_scheduled() -> None:
    """Write the scheduled changes whose instant has come. What lapsed meanwhile goes back to its editor."""
    now = timezone.now()
    for revision in Revision.objects.filter(state=RevisionState.SCHEDULED, visible_from__lte=now).order_by("visible_from", "pk"):
        try:
            gates.release(revision=revision, actor=None, now=now)
        except DatasetsError as error:
            log.warning("scheduled_release_refused", extra={"revision": str(revision.pk), "reason": str(error)})


def tell_followers() -> None:
    """Tell those who follow datasets, organizations and subjects what happened."""
    announcements.tell_waiting()


def discard_uploads() -> None:
    """Delete what came of files that nobody went on sending."""
    uploads.discard_old(now=timezone.now())


def remind_late() -> None:
    """Mail those who answer for datasets that are late."""
    reminders.remind(now=timezone.now())


def discard_unused_files() -> None:
    """Delete the stored files that nothing names: their writer was stopped before it did."""
    files.discard_unused(now=timezone.now())
