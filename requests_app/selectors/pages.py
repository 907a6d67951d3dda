"""What the page of a request shows."""

from dataclasses import dataclass
from typing import Any

import rules
from django.utils import timezone
from django.utils.translation import get_language

from datasets.enums import Vocabulary
from datasets.selectors import terms
from datasets.selectors.texts import Text, text_of

from ..models import DataRequest, StatusChange
from .votes import VotesOverTime, votes_over_time


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """`merged_from`: the request that was answered, where it is not the one of the page."""

    change: StatusChange
    merged_from: DataRequest | None
    comment: str
    organization: Text | None


@dataclass(frozen=True, slots=True)
class RequestPage:
    request: DataRequest
    subject: str
    organization: Text | None
    dataset: Text | None
    answers: list[AnswerLine]
    merged: list[DataRequest]
    votes: VotesOverTime | None
    is_own: bool
    may_answer: bool
    may_send: bool
    may_merge: bool


def request_page(row: DataRequest, user: Any) -> RequestPage:
    """A request with its answers, newest first, in the reader's language."""
    changes = StatusChange.objects.told_of(row).select_related("organization", "request")
    return RequestPage(
        request=row,
        subject=terms.label(Vocabulary.SUBJECT, row.subject) if row.subject else "",
        organization=text_of(row.organization, "title") if row.organization else None,
        dataset=text_of(row.dataset, "title") if row.dataset else None,
        answers=[_line(row, change) for change in changes],
        merged=list(row.merged.shown()),
        votes=votes_over_time(row, timezone.localdate()),
        is_own=user.is_authenticated and row.author_id == user.pk,
        may_answer=rules.has_perm("requests_app.answer_request", user, row),
        may_send=rules.has_perm("requests_app.send_request", user, row),
        may_merge=rules.has_perm("requests_app.merge_request", user, row),
    )


def _line(row: DataRequest, change: StatusChange) -> AnswerLine:
    comment = change.comment_fr if get_language() == "fr" else change.comment_en
    merged_from = change.request if change.request_id != row.pk else None
    return AnswerLine(change, merged_from, comment, text_of(change.organization, "title") if change.organization else None)
