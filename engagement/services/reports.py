"""Readers' reports of texts: moderators decide on them by deciding on the text."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.activity import record
from accounts.enums import Pace
from accounts.models import User
from accounts.notifications import Kind as MailKind
from accounts.services.notifications import notify

from ..enums import ModerationState, ReportOutcome, ReportReason
from ..errors import NotReportable
from ..models import Moderated, Report
from ..moderation import Kind

KIND = MailKind("engagement.reports", _("What becomes of what you report"), default=Pace.OFF)
HELD_BACK_FROM = 5  # people who report a text that nobody has looked at


@transaction.atomic
def report(*, kind: Kind, pk: Any, reporter: User, reason: ReportReason, note: str, now: datetime) -> Report:
    """Report a text. Asked again, changes nothing: the first report stands.

    It stays where it is until a moderator decides, or so many people report it that it waits for one out of sight. Only those
    with a confirmed address count there, and nothing is held back that a moderator has found in order before.

    Raises:
        NotReportable: it is the reader's own, or they do not read it among what is public.
        ValidationError: the note is missing or too long.
    """
    item: Any = kind.model._default_manager.select_for_update().get(pk=pk)
    if found := Report.objects.about(kind.key, item.pk).filter(reporter=reporter).first():
        return found
    if item.author_id == reporter.pk or not kind.seen_by(reporter, item):
        raise NotReportable
    row = Report(kind=kind.key, item=item.pk, reporter=reporter, reason=reason, note=note.strip(), reported_at=now)
    row.full_clean()
    row.save()
    record(f"{kind.key}.report", item, reporter, details={"reason": reason}, now=now)
    if _must_wait(kind, item):
        item.moderation = ModerationState.PENDING
        item.save(update_fields=["moderation"])
        record(f"{kind.key}.hold", item, None, now=now)
    return row


@transaction.atomic
def settle(*, kind: Kind, items: Iterable[Any], outcome: ReportOutcome, moderator: User, now: datetime) -> int:
    """Close the open reports of texts on which a moderator has decided, and tell their readers. Returns how many. Again: none."""
    rows = Report.objects.select_for_update(of=("self",)).open().filter(kind=kind.key, item__in=list(items))
    reports = list(rows.select_related("reporter"))
    for row in reports:
        row.outcome, row.decided_at, row.decided_by = outcome, now, moderator
    Report.objects.bulk_update(reports, ["outcome", "decided_at", "decided_by"], batch_size=500)
    texts = kind.model._default_manager.in_bulk({row.item for row in reports})
    for row in reports:
        _tell(row, texts[row.item], now)
    return len(reports)


def _tell(row: Report, item: Moderated, now: datetime) -> None:
    if row.reporter is not None and row.reporter.is_active:
        address: Any = item.get_absolute_url  # type: ignore[attr-defined]
        context = {"report": row, "item": item}
        notify(people=[row.reporter], kind=KIND.key, template="engagement/mail/settled", link=address, now=now, context=context)


def _must_wait(kind: Kind, item: Any) -> bool:
    reports = Report.objects.about(kind.key, item.pk)
    if not item.is_shown or reports.filter(outcome=ReportOutcome.DISMISSED).exists():
        return False
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    return reports.open().filter(reporter__in=confirmed).count() >= HELD_BACK_FROM
