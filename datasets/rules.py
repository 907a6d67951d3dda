"""Who may do what in the catalogue."""

from typing import Any

import rules
from django.utils import timezone

from accounts.rules import (
    belongs_to,
    is_administrator,
    is_editor_of,
    is_imso_of,
    is_moderator,
    is_portal_staff,
    is_publisher,
    is_reviewer_of,
    signs_for,
)

from .enums import DatasetState, Move, RevisionState


@rules.predicate
def is_public(user: Any, dataset: Any) -> bool:
    """The dataset is released, and its instant has come."""
    return dataset is not None and dataset.state == DatasetState.PUBLISHED and dataset.visible_from <= timezone.now()


@rules.predicate
def is_of_own_organization(user: Any, dataset: Any) -> bool:
    return dataset is not None and dataset.owner_org_id is not None and belongs_to(user, dataset.owner_org)


@rules.predicate
def is_released(user: Any, dataset: Any) -> bool:
    """The dataset is public now, or from its instant on."""
    return dataset is not None and dataset.state == DatasetState.PUBLISHED


@rules.predicate
def is_withdrawn_with_its_approval(user: Any, dataset: Any) -> bool:
    """The dataset is withdrawn, and nobody took back what was approved: it may be public again as it is."""
    return dataset is not None and dataset.state == DatasetState.WITHDRAWN and dataset.is_approved


@rules.predicate
def signs_for_its_publisher(user: Any, dataset: Any) -> bool:
    return dataset is not None and bool(signs_for(user, dataset.owner_org))


def holds_in_its_department(predicate: Any) -> Any:
    """The predicate about an organization, asked of a revision."""

    @rules.predicate(f"{predicate.name}:revision")
    def asked(user: Any, revision: Any) -> bool:
        return revision is not None and bool(predicate(user, revision.dataset.owner_org))

    return asked


def is_in(*states: RevisionState) -> Any:
    """The revision is in one of the states."""

    @rules.predicate("is_in:" + ",".join(states))
    def asked(user: Any, revision: Any) -> bool:
        return revision is not None and revision.state in states

    return asked


def stands_before(move: Move) -> Any:
    """The revision is in a state from which the move leads on."""
    return is_in(*(RevisionState(origin) for origin in sorted(move.origins)))


@rules.predicate
def wrote(user: Any, revision: Any) -> bool:
    return revision is not None and revision.writers.filter(pk=user.pk).exists()


@rules.predicate
def signs_for_a_writer(user: Any, revision: Any) -> bool:
    """All the person could sign by is the delegation of an official who wrote on the record."""
    organization = revision and revision.dataset.owner_org
    if organization is None or is_imso_of(user, organization):
        return False
    return revision.writers.filter(pk=user.delegators.get(organization.pk)).exists()


@rules.predicate
def belongs_to_some_department(user: Any) -> bool:
    return user.is_active and bool(user.organization_roles)


belongs_to_its_department = holds_in_its_department(belongs_to)
edits = holds_in_its_department(is_editor_of)
reviews = holds_in_its_department(is_reviewer_of)
signs = holds_in_its_department(signs_for)

# Twin: `DatasetQuerySet.visible_to`
rules.add_perm("datasets.view_dataset", is_portal_staff | is_public | is_of_own_organization)
rules.add_perm("datasets.view_unreleased", is_portal_staff | is_of_own_organization)
# Twin: `EnquiryQuerySet.visible_to`
rules.add_perm("datasets.answer_enquiries", is_administrator | is_moderator | is_publisher)
rules.add_perm("datasets.publish_datasets", is_administrator | is_publisher)
rules.add_perm("datasets.withdraw_record", is_released & is_publisher)
rules.add_perm("datasets.restore_record", is_withdrawn_with_its_approval & is_publisher)
rules.add_perm("datasets.withdraw_approval", is_released & signs_for_its_publisher)
# Twin: `RevisionQuerySet.visible_to`
rules.add_perm("datasets.view_revision", is_portal_staff | belongs_to_its_department)
# Twin: `selectors.turnaround.departments_of`
rules.add_perm("datasets.see_numbers", is_portal_staff | belongs_to_some_department)
rules.add_perm("datasets.create_records", is_editor_of)
rules.add_perm("datasets.edit_revision", edits)
MAY = {
    Move.SUBMIT: edits,
    Move.RECALL: edits,
    Move.DISCARD: edits,
    Move.PASS: reviews,
    Move.GIVE_BACK: (reviews & is_in(RevisionState.REVIEW))
    | (signs & is_in(RevisionState.SIGN_OFF))
    | (is_publisher & is_in(RevisionState.RELEASE, RevisionState.SCHEDULED)),
    Move.SIGN: signs & ~wrote & ~signs_for_a_writer,
    Move.RETRACT: signs,
    Move.SCHEDULE: is_publisher,
    Move.UNSCHEDULE: is_publisher,
    Move.RELEASE: is_publisher,
}
for move, predicate in MAY.items():
    rules.add_perm(f"datasets.{move}_revision", stands_before(move) & predicate)


def may(user: Any, move: Move, revision: Any) -> bool:
    """The permission, without the operators' passing everywhere: nobody goes through a gate but by a role."""
    return bool(rules.has_perm(f"datasets.{move}_revision", user, revision))


def may_comment(user: Any, dataset: Any) -> bool:
    """Whoever is signed in, on what is public."""
    return bool(user.is_authenticated and is_public(user, dataset))


def may_rate(user: Any, dataset: Any) -> bool:
    """Whoever is signed in, what is public and not their own department's."""
    return may_comment(user, dataset) and not is_of_own_organization(user, dataset)


# The administration: whether it has anything of this app to show, and what of it. Administrators may whatever it offers.
rules.add_perm("datasets", is_portal_staff)
for shown in ("resource", "relationship", "version", "term", "dailycount", "answer", "signoff", "datasetscore"):
    rules.add_perm(f"datasets.view_{shown}", is_portal_staff)
for written_by_people in ("datasetcomment", "datasetrating"):
    rules.add_perm(f"datasets.view_{written_by_people}", is_administrator | is_moderator)
for written in ("add_dataset", "change_dataset"):
    rules.add_perm(f"datasets.{written}", is_publisher)
for part in ("resource", "relationship"):
    for action in ("add", "change", "delete"):
        rules.add_perm(f"datasets.{action}_{part}", is_publisher)
for answered in ("view_enquiry", "change_enquiry"):
    rules.add_perm(f"datasets.{answered}", is_moderator | is_publisher)
for private in ("announcement", "datasetfollow", "organizationfollow", "subjectfollow"):
    rules.add_perm(f"datasets.view_{private}", is_administrator)
