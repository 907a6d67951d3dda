"""This room's part of a person's data (see `accounts.personal_data`)."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import Part, register

from .models import Answer, Enquiry, EnquiryQuerySet, Reminder, Revision, SignOff


def register_parts() -> None:
    register(Part("datasets.enquiries", _("Your messages to the portal, and the answers"), _export, _erase))
    register(Part("datasets.reminders", _("Mails to you about datasets that are late"), _reminders, _forget_reminders))
    register(
        Part(
            "datasets.governance",
            _("Your part in the release of records: what you wrote, reviewed and signed"),
            _governance,
            _forget_governance,
            remains=_(
                "The communications and letters that you signed as a senior official, with name and title: they are public "
                "records. The answers of the review stay with their attachments, and no longer say that they were yours."
            ),
        )
    )


def _reminded(user: User) -> QuerySet[Reminder]:
    """Mails to the person's account, or before there was one to an address that they have confirmed since."""
    return Reminder.objects.filter(Q(person=user) | Q(address__in=_addresses_of(user)))


def _reminders(user: User) -> list[dict[str, Any]]:
    rows = _reminded(user).order_by("sent_at", "id")
    return [{**row} for row in rows.values("dataset__name", "updated_on", "sent_at")]


def _forget_reminders(user: User) -> None:
    _reminded(user).delete()


def _addresses_of(user: User) -> QuerySet[EmailAddress, str]:
    """Those that the person has confirmed, in small letters: an address alone proves nothing."""
    return EmailAddress.objects.filter(user=user, verified=True).values_list(Lower("email"), flat=True)


def _governance(user: User) -> list[dict[str, Any]]:
    written = Revision.objects.filter(writers=user).order_by("opened_at").values("id", "dataset__name", "state", "opened_at")
    answered = (
        Answer.objects.filter(reviewer=user)
        .order_by("at")
        .values("revision", "criterion", "decision", "note", "attachment_name", "attachment", "at")
    )
    columns = (
        "revision",
        "name",
        "position",
        "signed_on",
        "text",
        "attachment_name",
        "attachment",
        "at",
        "lapsed_at",
        "lapsed_because",
        "lapsed_because_fr",
    )
    signed = SignOff.objects.filter(Q(signer=user) | Q(on_behalf_of=user)).order_by("at").values(*columns)
    return [
        *({"kind": "revision", **row} for row in written),
        *({"kind": "answer", **row} for row in answered),
        *({"kind": "sign-off", **row} for row in signed),
    ]


def _forget_governance(user: User) -> None:
    Revision.writers.through.objects.filter(user=user).delete()
    Answer.objects.filter(reviewer=user).update(reviewer=None)
    SignOff.objects.filter(signer=user).update(signer=None)
    SignOff.objects.filter(on_behalf_of=user).update(on_behalf_of=None)


def _written_by(user: User) -> EnquiryQuerySet:
    return Enquiry.objects.annotate(small=Lower("email")).filter(small__in=_addresses_of(user))


def _export(user: User) -> list[dict[str, Any]]:
    columns = ("code", "kind", "state", "page", "text", "email", "language", "created_at", "answer", "answered_at")
    return list(_written_by(user).order_by("created_at").values(*columns))


def _erase(user: User) -> None:
    _written_by(user).delete()
