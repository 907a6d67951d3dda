"""What people's accounts need done again and again."""

from django.core.management import call_command
from django.utils import timezone

from .enums import Pace
from .models import User
from .services.notifications import forget, send_digest
from .services.people import forget_unconfirmed


def tidy_accounts() -> None:
    """Forget sign-ups that nobody confirmed, and sessions that are over."""
    forget_unconfirmed(now=timezone.now())
    call_command("clearsessions")


def forget_notifications() -> None:
    """Delete what people were told long ago."""
    forget(now=timezone.now())


def send_daily_digests() -> None:
    _send_digests(Pace.DAILY)


def send_weekly_digests() -> None:
    _send_digests(Pace.WEEKLY)


def _send_digests(pace: Pace) -> None:
    """One mail to each person for whom something waits, in a transaction of its own."""
    for person in User.objects.filter(notifications__digest=pace, is_active=True).distinct():
        send_digest(person=person, pace=pace)
