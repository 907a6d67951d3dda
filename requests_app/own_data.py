"""This app's part of a person's data: what they answered for a department. What they asked is with what they wrote."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import Part, register

from .models import DataRequest, StatusChange

Records = list[dict[str, Any]]


def register_parts() -> None:
    register(
        Part("requests.answers", _("Your answers to requests"), _answers, _erase_answers, remains=_("The answers, without you."))
    )
    register(Part("requests.owned", _("Requests that you see to"), _owned, _erase_owned))


def _answers(user: User) -> Records:
    rows = StatusChange.objects.filter(actor=user).select_related("request").order_by("pk")
    return [
        {
            "request": str(row.request),
            "status": row.status,
            "comment_en": row.comment_en,
            "comment_fr": row.comment_fr,
            "at": row.at,
        }
        for row in rows
    ]


def _erase_answers(user: User) -> None:
    StatusChange.objects.filter(actor=user).update(actor=None)


def _owned(user: User) -> Records:
    return [{"request": row.title, "due_on": row.due_on} for row in DataRequest.objects.filter(owner=user).order_by("pk")]


def _erase_owned(user: User) -> None:
    DataRequest.objects.filter(owner=user).update(owner=None)
