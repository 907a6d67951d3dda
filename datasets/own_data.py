"""This room's part of a person's data (see `accounts.personal_data`)."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import Part, register

from .models import Enquiry, EnquiryQuerySet


def register_parts() -> None:
    register(Part("datasets.enquiries", _("Your messages to the portal, and the answers"), _export, _erase))


def _written_by(user: User) -> EnquiryQuerySet:
    """Those with an address that the person has confirmed: an address alone proves nothing."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).annotate(small=Lower("email")).values("small")
    return Enquiry.objects.annotate(small=Lower("email")).filter(small__in=addresses)


def _export(user: User) -> list[dict[str, Any]]:
    columns = ("code", "kind", "state", "page", "text", "email", "language", "created_at", "answer", "answered_at")
    return list(_written_by(user).order_by("created_at").values(*columns))


def _erase(user: User) -> None:
    _written_by(user).delete()
