"""Say something of a thing, or reply to somebody who did. What is said passes the moderators as all texts do."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.activity import of, record
from accounts.enums import OrganizationRole, Pace
from accounts.models import User
from accounts.notifications import Kind as MailKind
from accounts.rules import belongs_to
from accounts.services.notifications import notify

from ..boards import Board, board_of
from ..enums import ModerationState
from ..errors import NoLongerEditable, NotOpenForComments
from ..models import AbstractComment, Moderated, Report
from ..moderation import Kind, kind_of
from . import moderation
from .follows import News, followers, tell
from .voters import require_confirmed

REPLIES = MailKind("engagement.replies", _("Replies to your comments"))
NEWS = MailKind("engagement.comments", _("Comments on what your department answers for"), default=Pace.DAILY)
EDITABLE_FOR = timedelta(minutes=15)


def kind(model: type[AbstractComment], label: Any) -> Kind:
    """The kind under which moderators meet the comments of a board."""
    return Kind(key=model.kind_key, label=label, model=model, texts=("text",), shown=announce, seen_by=is_seen_by)


def is_seen_by(user: Any, comment: AbstractComment) -> bool:
    """Whether the person reads it among what is public."""
    visible = board_of(comment.board_key).visible_to(user)
    return comment.is_shown and comment.deleted_at is None and visible.filter(pk=comment.thing_id).exists()


def is_editable(comment: AbstractComment, author: Any, now: datetime) -> bool:
    """Whether its writer may still change it: for a quarter of an hour, unless a moderator has refused it."""
    return (
        is_own(comment, author)
        and now <= comment.created_at + EDITABLE_FOR
        and comment.moderation in (ModerationState.PENDING, ModerationState.APPROVED)
    )


def is_own(comment: AbstractComment, author: Any) -> bool:
    """Whether the person wrote it, and has not deleted it."""
    return comment.author_id is not None and comment.author_id == author.pk and comment.deleted_at is None


@transaction.atomic
def write(
    *, board: Board, thing: Any, author: User, text: str, language: str, now: datetime, parent: AbstractComment | None = None
) -> AbstractComment:
    """Comment on a thing. A reply to a reply joins the thread. The same words sent twice in a row are one comment.

    Raises:
        AddressNotConfirmed: see there.
        NotOpenForComments: the board does not let this person comment on it, or what they reply to is not there.
        ValidationError: there are no words, or too many.
    """
    require_confirmed(author)
    thing = board.things.get(pk=thing.pk)
    if not board.may_comment(author, thing):
        raise NotOpenForComments
    top = _top(board, thing, parent) if parent is not None else None
    comment = board.comments(thing=thing, parent=top, text=text.strip(), language=language)
    if twin := moderation.sent_before(item=comment, author=author, same=("thing", "parent", "text"), now=now):
        return twin
    organization = board.organization_of(thing)
    comment.organization = organization if belongs_to(author, organization) else None
    comment.is_unnamed = isinstance(thing, Moderated) and thing.author_id == author.pk
    moderation.submit(kind=_kind(comment), item=comment, author=author, now=now)
    return comment


@transaction.atomic
def revise(*, comment: AbstractComment, author: User, text: str, now: datetime) -> AbstractComment:
    """Change one's words, within a quarter of an hour. The public reads them at once if it trusts the writer.

    Asked again, changes nothing.

    Raises:
        NoLongerEditable: it is too late, the comment is somebody else's, or a moderator has refused it.
        ValidationError: there are no words, or too many.
    """
    comment = _locked(comment)
    if not is_editable(comment, author, now):
        raise NoLongerEditable
    if text.strip() == comment.text:
        return comment
    comment.text, comment.edited_at = text.strip(), now
    if comment.is_shown:
        comment.moderation = moderation.first_state(author=author, now=now)
    comment.full_clean()
    comment.save(update_fields=["text", "edited_at", "moderation"])
    record(f"{comment.kind_key}.revise", comment, author, now=now)
    return comment


@transaction.atomic
def delete(*, comment: AbstractComment, author: User, now: datetime) -> None:
    """Take one's words away, with what was reported of them. Where somebody has replied, the thread keeps their place.

    Raises:
        NoLongerEditable: the comment is somebody else's, or was deleted.
    """
    comment = _locked(comment)
    if not is_own(comment, author):
        raise NoLongerEditable
    Report.objects.about(comment.kind_key, comment.pk).delete()
    record(f"{comment.kind_key}.delete", comment, author, now=now)
    of(comment).update(target_label="Comment")  # the log keeps no words either
    if not board_of(comment.board_key).comments.objects.filter(parent=comment).exists():
        comment.delete()
        return
    comment.text, comment.deleted_at = "", now
    if comment.moderation == ModerationState.PENDING:
        comment.moderation = ModerationState.APPROVED  # nothing is left to decide on
    comment.full_clean()
    comment.save(update_fields=["text", "deleted_at", "moderation"])


def announce(comment: AbstractComment, now: datetime) -> None:
    """Tell those who wait for it, the first time that the public reads it: whom it answers, the department, and followers."""
    if comment.shown_at is not None or comment.deleted_at is not None:
        return
    comment.shown_at = now
    comment.save(update_fields=["shown_at"])
    board = board_of(comment.board_key)
    thing = board.things.get(pk=comment.thing_id)
    answered = comment.parent.author if comment.parent else None
    told = [comment.author_id]
    if answered is not None and answered.is_active and answered != comment.author and is_seen_by(answered, comment):
        _tell([answered], REPLIES, "engagement/mail/replied", comment, thing, now)
        told.append(answered.pk)
    if organization := board.organization_of(thing):
        editors = User.objects.filter(memberships__organization=organization, memberships__role=OrganizationRole.EDITOR)
        people = list(editors.filter(is_active=True).exclude(pk__in=[pk for pk in told if pk]).distinct())
        _tell(people, NEWS, "engagement/mail/commented", comment, thing, now)
        told += [person.pk for person in people]
    if board.follows and is_seen_by(AnonymousUser(), comment):
        said = {"comment": comment, "thing": thing, "is_followed": True}
        event, template = f"{comment.kind_key}:{comment.pk}", "engagement/mail/commented"
        news = News(event=event, template=template, link=comment.get_absolute_url, at=now, context=said)
        tell([followers(board, [thing])], news, without=told)


def _tell(people: list[User], about: MailKind, template: str, comment: AbstractComment, thing: Any, now: datetime) -> None:
    context = {"comment": comment, "thing": thing}
    notify(people=people, kind=about.key, template=template, link=comment.get_absolute_url, now=now, context=context)


def _kind(comment: AbstractComment) -> Kind:
    return kind_of(comment.kind_key)


def _locked(comment: AbstractComment) -> AbstractComment:
    """
    Raises:
        NoLongerEditable: it is gone.
    """
    locked: AbstractComment | None = (
        board_of(comment.board_key).comments.objects.select_for_update().filter(pk=comment.pk).first()
    )
    if locked is None:
        raise NoLongerEditable
    return locked


def _top(board: Board, thing: Any, parent: AbstractComment) -> Any:
    """The comment at the head of the thread, locked, so that its writer does not delete it meanwhile."""
    rows = board.comments.objects.select_for_update().filter(thing=thing).standing()
    top = rows.filter(pk=parent.parent_id or parent.pk).first()
    if top is None:
        raise NotOpenForComments
    return top
