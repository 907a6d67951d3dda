"""Decide on what people write: nothing of it is public before. Each decision locks, checks, and is recorded."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.activity import record
from accounts.models import User
from accounts.notifications import Kind as MailKind
from accounts.rules import is_portal_staff
from accounts.services.notifications import notify

from ..enums import ModerationState, ReportOutcome
from ..errors import AlreadyDecided, ReasonMissing, TrailRemoved
from ..models import Moderated, TrailRemoval
from ..moderation import Kind, kind_of, kinds
from .reports import settle

KIND = MailKind("engagement.decisions", _("What becomes of what you write on the boards"))
TRUSTED_AFTER = 3  # texts that moderators let pass, with none refused
MEMORY = timedelta(days=365)
TWICE = timedelta(minutes=2)  # the same words within this time are one text, sent twice


def first_state(*, author: User, now: datetime) -> ModerationState:
    """What becomes of a new text: trusted writers are read by the public at once, all others by a moderator first."""
    return ModerationState.APPROVED if is_trusted(author, now=now) else ModerationState.PENDING


def is_trusted(author: User, *, now: datetime) -> bool:
    """The portal's staff and departments' people are; others by their record of the last year."""
    if not author.is_active or TrailRemoval.objects.filter(author=author, undone_at=None).exists():
        return False
    if is_portal_staff(author) or author.organization_roles:
        return True
    passed = 0
    for kind in kinds():
        rows = kind.model._default_manager.filter(author=author, created_at__gt=now - MEMORY)
        states = list(rows.exclude(moderated_at=None).values_list("moderation", flat=True))
        if {ModerationState.REJECTED, ModerationState.HIDDEN} & set(states):
            return False
        passed += states.count(ModerationState.APPROVED)
    return passed >= TRUSTED_AFTER


def sent_before(*, item: Moderated, author: User, same: Iterable[str], now: datetime) -> Any:
    """The text that its writer sent just before with the same in these columns, if there is one.

    Locks the writer, in the caller's transaction: of two that come at once, the second finds the first.
    """
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    columns = {name: getattr(item, name) for name in same}
    rows = type(item)._default_manager.filter(author=author, created_at__gt=now - TWICE, **columns)
    return rows.first()


@transaction.atomic
def submit(*, kind: Kind, item: Moderated, author: User, now: datetime) -> Moderated:
    """Take a new text in: the caller has filled the columns. It shows at once if its writer is trusted.

    Raises:
        ValidationError: a column does not hold what it may.
    """
    item.author, item.created_at, item.moderation = author, now, first_state(author=author, now=now)
    item.full_clean()
    item.save()
    record(f"{kind.key}.submit", item, author, now=now)
    if item.is_shown:
        kind.shown(item, now)
    return item


@transaction.atomic
def approve(*, kind: Kind, pk: Any, moderator: User, now: datetime, texts: dict[str, str] | None = None) -> Moderated:
    """Let the public see a text, as it is or with the moderator's edit, which is marked. Asked again, changes nothing.

    What readers reported of it is dismissed.

    Raises:
        TrailRemoved: all that its writer wrote is hidden; that is to be taken back first.
        ValidationError: an edited field does not hold what it may.
    """
    item = _locked(kind, pk)
    edited = {name: text for name, text in (texts or {}).items() if name in kind.texts and text != getattr(item, name)}
    if item.is_shown and not edited:
        settle(kind=kind, items=[item.pk], outcome=ReportOutcome.DISMISSED, moderator=moderator, now=now)
        return item
    if item.author_id and TrailRemoval.objects.filter(author=item.author_id, undone_at=None).exists():
        raise TrailRemoved
    is_new = not item.is_shown
    for name, text in edited.items():
        setattr(item, name, text)
    item.is_edited = item.is_edited or bool(edited)
    _decide(kind, item, ModerationState.APPROVED, "", now)
    record(f"{kind.key}.{'edit' if edited else 'approve'}", item, moderator, now=now)
    settle(kind=kind, items=[item.pk], outcome=ReportOutcome.DISMISSED, moderator=moderator, now=now)
    if is_new:
        kind.shown(item, now)
        _tell_its_writer(item, now)
    return item


def reject(*, kind: Kind, pk: Any, moderator: User, reason: str, now: datetime) -> Moderated:
    """Keep a text that nobody has seen from the public; its writer reads why. Asked again, changes nothing.

    Raises:
        ReasonMissing: see there.
        AlreadyDecided: the public sees it: see `hide`.
    """
    return _refuse(kind, pk, ModerationState.REJECTED, moderator, reason, now)


def hide(*, kind: Kind, pk: Any, moderator: User, reason: str, now: datetime) -> Moderated:
    """Take a text from the public; its writer reads why. Asked again, changes nothing.

    Raises:
        ReasonMissing: see there.
        AlreadyDecided: the public does not see it.
    """
    return _refuse(kind, pk, ModerationState.HIDDEN, moderator, reason, now)


@transaction.atomic
def remove_trail(*, author: User, moderator: User, reason: str, now: datetime) -> TrailRemoval:
    """Hide all that somebody wrote, on every board, and what they write from now on. Asked again, changes nothing.

    Raises:
        ReasonMissing: see there.
    """
    if not reason.strip():
        raise ReasonMissing
    author = User.objects.select_for_update(no_key=True).get(pk=author.pk)  # whoever writes rows about them need not wait
    if found := TrailRemoval.objects.filter(author=author, undone_at=None).first():
        return found
    before = {}
    for kind in kinds():
        rows = kind.model._default_manager.select_for_update().filter(author=author)
        rows = rows.filter(moderation__in=[ModerationState.PENDING, ModerationState.APPROVED])
        before[kind.key] = {str(pk): state for pk, state in rows.values_list("pk", "moderation")}
        rows.update(moderation=ModerationState.HIDDEN, moderated_at=now, moderation_reason=reason.strip())
        settle(kind=kind, items=before[kind.key], outcome=ReportOutcome.UPHELD, moderator=moderator, now=now)
    removal = TrailRemoval.objects.create(author=author, moderator=moderator, reason=reason.strip(), before=before, at=now)
    record("trail.remove", author, moderator, note=reason.strip(), now=now)
    return removal


@transaction.atomic
def restore_trail(*, removal: TrailRemoval, moderator: User, now: datetime) -> TrailRemoval:
    """Give back what a removal hid, each text as it was. Asked again, changes nothing."""
    removal = TrailRemoval.objects.select_for_update().get(pk=removal.pk)
    if removal.undone_at is not None:
        return removal
    removal.undone_at = now
    removal.save(update_fields=["undone_at"])
    for key, states in removal.before.items():
        for state in set(states.values()):
            numbers = [pk for pk, its_state in states.items() if its_state == state]
            rows = kind_of(key).model._default_manager.filter(pk__in=numbers, moderation=ModerationState.HIDDEN)
            rows.update(moderation=state, moderation_reason="")
    record("trail.restore", removal.author or removal, moderator, now=now)
    return removal


@transaction.atomic
def _refuse(kind: Kind, pk: Any, state: ModerationState, moderator: User, reason: str, now: datetime) -> Moderated:
    if not reason.strip():
        raise ReasonMissing
    item = _locked(kind, pk)
    if item.moderation == state:
        return item
    if item.is_shown != (state == ModerationState.HIDDEN):
        raise AlreadyDecided
    _decide(kind, item, state, reason.strip(), now)
    record(f"{kind.key}.{'hide' if state == ModerationState.HIDDEN else 'reject'}", item, moderator, note=reason.strip(), now=now)
    settle(kind=kind, items=[item.pk], outcome=ReportOutcome.UPHELD, moderator=moderator, now=now)
    _tell_its_writer(item, now)
    return item


def _tell_its_writer(item: Moderated, now: datetime) -> None:
    if item.author is not None and item.author.is_active:
        address: Any = item.get_absolute_url  # type: ignore[attr-defined]
        context = {"item": item}
        notify(people=[item.author], kind=KIND.key, template="engagement/mail/decided", link=address, now=now, context=context)


def _locked(kind: Kind, pk: Any) -> Moderated:
    return kind.model._default_manager.select_for_update().get(pk=pk)


def _decide(kind: Kind, item: Moderated, state: ModerationState, reason: str, now: datetime) -> None:
    item.moderation, item.moderation_reason, item.moderated_at = state, reason, now
    item.full_clean()
    item.save(update_fields=["moderation", "moderation_reason", "moderated_at", "is_edited", *kind.texts, *kind.derived])
