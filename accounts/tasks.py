"""What people's accounts need done again and again."""

from django.core.management import call_command
from django.utils import timezone

from .services.people import forget_unconfirmed


def tidy_accounts() -> None:
    """Forget sign-ups that nobody confirmed, and sessions that are over."""
    forget_unconfirmed(now=timezone.now())
    call_command("clearsessions")
