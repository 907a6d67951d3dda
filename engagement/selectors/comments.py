"""What a page shows of what people say of a thing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import rules
from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from opengov.paging import page_of

from ..boards import Board
from ..models import AbstractComment
from ..services.comments import is_editable, is_own

THREADS_A_PAGE = 20
NEWEST, OLDEST = "newest", "oldest"


@dataclass(frozen=True, slots=True)
class Line:
    """A comment as the reader meets it. `gone`: why there are no words, where others have replied to them."""

    comment: AbstractComment
    name: str
    gone: str
    is_own: bool
    is_editable: bool
    may_report: bool


@dataclass(frozen=True, slots=True)
class Thread:
    top: Line
    may_reply: bool
    replies: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Talk:
    """`number`: of the comments that the public reads. `has_more`: there are threads that are not on this page."""

    threads: list[Thread]
    page: "Page[Any]"
    number: int
    order: str
    may_comment: bool
    may_moderate: bool

    @property
    def has_more(self) -> bool:
        return self.page.paginator.num_pages > 1


def talk(board: Board, thing: Any, user: Any, *, order: str = NEWEST, number: Any = 1, size: int = THREADS_A_PAGE) -> Talk:
    """A page of threads in a constant number of queries, however many comments there are."""
    rows = _tops(board, thing, user).select_related("author", "organization")
    page = page_of(rows.order_by(*(("created_at", "pk") if order == OLDEST else ("-created_at", "-pk"))), size, number)
    tops, may_comment, now = list(page), board.may_comment(user, thing), timezone.now()
    replies = _replies(board, tops, user)
    lines = [(_line(top, user, now), [_line(reply, user, now) for reply in replies[top.pk]]) for top in tops]
    return Talk(
        threads=[Thread(top, may_comment and top.comment.is_shown and not top.gone, below) for top, below in lines],
        page=page,
        number=board.comments.objects.filter(thing=thing).standing().count(),
        order=order,
        may_comment=may_comment,
        may_moderate=rules.has_perm("engagement.moderate", user),
    )


def page_with(board: Board, thing: Any, user: Any, pk: int) -> int:
    """On which page, newest first, the thread with this comment stands; the first where there is none."""
    tops = _tops(board, thing, user)
    top = tops.filter(Q(pk=pk) | Q(pk__in=board.comments.objects.filter(pk=pk).values("parent"))).first()
    if top is None:
        return 1
    newer = tops.filter(Q(created_at__gt=top.created_at) | Q(created_at=top.created_at, pk__gt=top.pk))
    return newer.count() // THREADS_A_PAGE + 1


def _seen(user: Any) -> Q:
    """What the public reads, and what the reader wrote."""
    seen = Q(moderation="approved", deleted_at=None)
    return seen | Q(author=user, deleted_at=None) if user.is_authenticated else seen


def _tops(board: Board, thing: Any, user: Any) -> QuerySet[Any]:
    """The heads of threads: those that are read, and those whose place replies keep."""
    below = board.comments.objects.filter(_seen(user), parent=OuterRef("pk"))
    rows: QuerySet[Any] = board.comments.objects.filter(thing=thing, parent=None)
    return rows.filter(_seen(user) | Q(Exists(below)))


def _replies(board: Board, tops: Iterable[Any], user: Any) -> dict[int, list[Any]]:
    rows = board.comments.objects.filter(_seen(user), parent__in=[top.pk for top in tops])
    found: dict[int, list[Any]] = defaultdict(list)
    for reply in rows.select_related("author", "organization").order_by("created_at", "pk"):
        found[reply.parent_id].append(reply)
    return found


def _line(comment: Any, user: Any, now: datetime) -> Line:
    own = is_own(comment, user)
    gone = "" if comment.is_shown or own else _("This comment is not shown.")
    if comment.deleted_at is not None:
        gone = _("This comment was deleted by its writer.")
    return Line(
        comment=comment,
        name=_name(comment),
        gone=gone,
        is_own=own,
        is_editable=is_editable(comment, user, now),
        may_report=comment.is_shown and not gone and not own,
    )


def _name(comment: Any) -> str:
    """What the public calls the writer: never the address, nor who asks for something."""
    if comment.is_unnamed:
        return _("The person who asked")
    if comment.author is None:
        return _("Somebody who has left")
    return comment.author.display_name or _("A reader")
