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
    change: StatusChange
    comment: str
    organization: Text | None


@dataclass(frozen=True, slots=True)
class RequestPage:
    request: DataRequest
    subject: str
    organization: Text | None
    dataset: Text | None
    answers: list[AnswerLine]
    votes: VotesOverTime | None
    is_own: bool
    may_answer: bool
    may_send: bool
    may_merge: bool


def request_page(row: DataRequest, user: Any) -> RequestPage:
    """A request with its answers, newest first, in the reader's language."""
    changes = row.changes.select_related("organization")
    return RequestPage(
        request=row,
        subject=terms.label(Vocabulary.SUBJECT, row.subject) if row.subject else "",
        organization=text_of(row.organization, "title") if row.organization else None,
        dataset=text_of(row.dataset, "title") if row.dataset else None,
        answers=[_line(change) for change in changes],
        votes=votes_over_time(row, timezone.localdate()),
        is_own=user.is_authenticated and row.author_id == user.pk,
        may_answer=rules.has_perm("requests_app.answer_request", user, row),
        may_send=rules.has_perm("requests_app.send_request", user, row),
        may_merge=rules.has_perm("requests_app.merge_request", user, row),
    )


def _line(change: StatusChange) -> AnswerLine:
    comment = change.comment_fr if get_language() == "fr" else change.comment_en
    return AnswerLine(change, comment, text_of(change.organization, "title") if change.organization else None)
