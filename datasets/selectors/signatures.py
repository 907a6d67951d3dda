"""Who signs, and how they signed before."""

from accounts.enums import OrganizationRole
from accounts.models import User

from ..enums import RevisionState
from ..models import Dataset, Revision, SignOff


def signs_on_behalf_of(revision: Revision, user: User) -> User | None:
    """The official who delegated this to the person; `None` where they sign as the official themselves."""
    organization = revision.dataset.owner_org_id
    if organization is None or OrganizationRole.IMSO in user.organization_roles.get(organization, ()):
        return None
    delegator = user.delegators.get(organization)
    return User.objects.get(pk=delegator) if delegator else None


def last_sign_off(user: User) -> SignOff | None:
    return SignOff.objects.filter(signer=user).first()


def approval_of(dataset: Dataset) -> SignOff | None:
    """The communication that covers a public record as it is; `None` where it was approved at source."""
    if not dataset.approved_hash:
        return None
    found = SignOff.objects.filter(revision__dataset=dataset, content_hash=dataset.approved_hash, lapsed_at=None)
    released = [RevisionState.RELEASED, RevisionState.SCHEDULED]  # the instant of the second may have come
    return found.filter(revision__state__in=released).select_related("on_behalf_of").first()
