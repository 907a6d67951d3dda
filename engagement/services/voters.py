"""Who a voter is: one mailbox, however its address is written."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.models import User
from opengov.emails import one_person

from ..errors import AddressNotConfirmed


def require_confirmed(person: User) -> None:
    """
    Raises:
        AddressNotConfirmed: the person has not shown that their address is theirs.
    """
    if not EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True).exists():
        raise AddressNotConfirmed


def voter_key(voter: User) -> str:
    """The keyed hash of the voter's canonical address: 64 hexadecimal digits, the same for all its spellings.

    Raises:
        AddressNotConfirmed: the address is not verified.
    """
    require_confirmed(voter)
    return salted_hmac("engagement.voter", one_person(voter.email), secret=settings.VOTER_KEY, algorithm="sha256").hexdigest()
