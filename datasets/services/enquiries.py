"""Questions to the portal's staff and feedback on pages: sent by anybody, taken, answered and closed by staff."""

from datetime import datetime

from django.db import transaction

from accounts.activity import record
from accounts.models import User
from opengov.brand import brand
from opengov.mail import send_mail_to

from ..enums import EnquiryKind, EnquiryState
from ..errors import IllegalMove
from ..models import Dataset, Enquiry


@transaction.atomic
def send(
    *,
    kind: EnquiryKind,
    text: str,
    email: str,
    language: str,
    page: str,
    now: datetime,
    dataset: Dataset | None = None,
    found: bool | None = None,
    with_receipt: bool = True,
) -> Enquiry:
    """Take in a question, or feedback. Feedback without words asks nothing of anybody, and is closed at once.

    A question is acknowledged by mail, in words of ours alone: nobody can have us send theirs to a third person.
    """
    wants_nothing = kind == EnquiryKind.FEEDBACK and not text
    enquiry = Enquiry(
        kind=kind,
        state=EnquiryState.CLOSED if wants_nothing else EnquiryState.NEW,
        text=text,
        email=email,
        language=language,
        page=page,
        dataset=dataset,
        found=found,
        created_at=now,
    )
    enquiry.full_clean()
    enquiry.save()
    if email and with_receipt and not wants_nothing:
        send_mail_to(user_or_address=email, language=language, template="datasets/mail/receipt", context={"enquiry": enquiry})
    if kind == EnquiryKind.CONTACT:
        send_mail_to(
            user_or_address=brand().contact_email,
            language=language,
            template="datasets/mail/new_enquiry",
            context={"enquiry": enquiry},
        )
    return enquiry


@transaction.atomic
def take(*, enquiry: Enquiry, actor: User, now: datetime) -> Enquiry:
    """Say that one is on it, so that no two answer; also takes over from another, and reopens. Asked twice, changes nothing.

    Raises:
        IllegalMove: it was answered.
    """
    enquiry = _locked(enquiry)
    if enquiry.state == EnquiryState.IN_PROGRESS and enquiry.taken_by_id == actor.pk:
        return enquiry
    enquiry.taken_by = actor
    return _move(enquiry, EnquiryState.IN_PROGRESS, actor, now, verb="enquiry.take")


@transaction.atomic
def answer(*, enquiry: Enquiry, actor: User, text: str, now: datetime) -> Enquiry:
    """Answer in the sender's language: the answer stands on the page of the code and is mailed to whoever left an address.

    Raises:
        IllegalMove: it was answered.
    """
    enquiry = _locked(enquiry)
    enquiry.answer, enquiry.answered_by, enquiry.answered_at = text, actor, now
    enquiry = _move(enquiry, EnquiryState.ANSWERED, actor, now, verb="enquiry.answer")
    if enquiry.email:
        send_mail_to(
            user_or_address=enquiry.email,
            language=enquiry.language,
            template="datasets/mail/answer",
            context={"enquiry": enquiry},
        )
    return enquiry


@transaction.atomic
def close(*, enquiry: Enquiry, actor: User, now: datetime, note: str = "") -> Enquiry:
    """Put aside what needs no answer. Asked twice, changes nothing.

    Raises:
        IllegalMove: it was answered.
    """
    enquiry = _locked(enquiry)
    if enquiry.state == EnquiryState.CLOSED:
        return enquiry
    return _move(enquiry, EnquiryState.CLOSED, actor, now, verb="enquiry.close", note=note)


def _locked(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)


def _move(enquiry: Enquiry, state: EnquiryState, actor: User, now: datetime, *, verb: str, note: str = "") -> Enquiry:
    if not EnquiryState(enquiry.state).can_become(state):
        raise IllegalMove(EnquiryState(enquiry.state), state)
    enquiry.state = state
    enquiry.full_clean()
    enquiry.save(update_fields=["state", "taken_by", "answer", "answered_by", "answered_at"])
    record(verb, enquiry, actor, note=note, now=now)
    return enquiry
