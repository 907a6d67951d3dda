"""Let a person show once that no program votes in their name: by work that their browser does, or by a mailed code."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from opengov.mail import send_mail_to

from ..enums import HumanCheckWay
from ..errors import ChallengeUsed, WrongCode
from ..models import HumanCheck, UsedChallenge

CHALLENGE_LASTS = timedelta(minutes=20)
CODE_LASTS = timedelta(minutes=15)
MOST_TRIES = 5


def is_checked(user: User) -> bool:
    return HumanCheck.objects.filter(user=user, passed_at__isnull=False).exists()


@transaction.atomic
def accept_challenge(*, user: User, challenge: str, now: datetime) -> None:
    """Take the solution of a challenge, which the caller has verified.

    Raises:
        ChallengeUsed: it was solved before, by anybody.
    """
    try:
        with transaction.atomic():
            UsedChallenge.objects.create(challenge=challenge, used_at=now)
    except IntegrityError as error:
        raise ChallengeUsed from error
    _pass(user, HumanCheckWay.CHALLENGE, now)


@transaction.atomic
def send_code(*, user: User, now: datetime) -> None:
    """Mail a new code to the person's confirmed address; the one before it works no longer. The caller limits how often."""
    code = f"{secrets.randbelow(10**6):06}"
    values = {"code_hash": _hash(user, code), "code_sent_at": now, "tries": 0}
    HumanCheck.objects.update_or_create(user=user, defaults=values)
    send_mail_to(user_or_address=user, language=user.language, template="engagement/mail/code", context={"code": code})


def accept_code(*, user: User, code: str, now: datetime) -> None:
    """Take the code that was mailed.

    Raises:
        WrongCode: it is another, is older than a quarter of an hour, or was missed too often.
    """
    with transaction.atomic():
        check = HumanCheck.objects.select_for_update().filter(user=user).first()
        if check is not None and _fits(check, code, now):
            _pass(user, HumanCheckWay.CODE, now)
            return
        if check is not None:
            check.tries = min(check.tries + 1, MOST_TRIES)
            check.save(update_fields=["tries"])
    raise WrongCode


def forget_challenges(*, now: datetime) -> int:
    """Delete the used challenges that have expired. Returns how many."""
    return UsedChallenge.objects.filter(used_at__lt=now - 2 * CHALLENGE_LASTS).delete()[0]


def _fits(check: HumanCheck, code: str, now: datetime) -> bool:
    is_live = check.code_sent_at is not None and now - check.code_sent_at < CODE_LASTS and check.tries < MOST_TRIES
    return is_live and constant_time_compare(check.code_hash, _hash(check.user, code.strip()))


def _hash(user: User, code: str) -> str:
    return salted_hmac("engagement.code", f"{user.pk} {code}", algorithm="sha256").hexdigest()


def _pass(user: User, way: HumanCheckWay, now: datetime) -> None:
    values = {"passed_at": now, "way": way, "code_hash": "", "code_sent_at": None}
    HumanCheck.objects.update_or_create(user=user, defaults=values)
