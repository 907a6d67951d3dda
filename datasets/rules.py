"""Who may do what in the catalogue."""

from typing import Any

import rules
from django.utils import timezone

from accounts.rules import belongs_to, is_administrator, is_moderator, is_portal_staff, is_publisher

from .enums import DatasetState


@rules.predicate
def is_public(user: Any, dataset: Any) -> bool:
    """The dataset is released, and its instant has come."""
    return dataset is not None and dataset.state == DatasetState.PUBLISHED and dataset.visible_from <= timezone.now()


@rules.predicate
def is_of_own_organization(user: Any, dataset: Any) -> bool:
    return dataset is not None and dataset.owner_org_id is not None and belongs_to(user, dataset.owner_org)


# Twin: `DatasetQuerySet.visible_to`
rules.add_perm("datasets.view_dataset", is_portal_staff | is_public | is_of_own_organization)
# Twin: `EnquiryQuerySet.visible_to`
rules.add_perm("datasets.answer_enquiries", is_administrator | is_moderator | is_publisher)
rules.add_perm("datasets.publish_datasets", is_administrator | is_publisher)

# The administration: whether it has anything of this app to show, and what of it. Administrators may whatever it offers.
rules.add_perm("datasets", is_portal_staff)
for shown in ("resource", "relationship", "version", "term", "dailycount"):
    rules.add_perm(f"datasets.view_{shown}", is_portal_staff)
for written in ("add_dataset", "change_dataset"):
    rules.add_perm(f"datasets.{written}", is_publisher)
for part in ("resource", "relationship"):
    for action in ("add", "change", "delete"):
        rules.add_perm(f"datasets.{action}_{part}", is_publisher)
for answered in ("view_enquiry", "change_enquiry"):
    rules.add_perm(f"datasets.{answered}", is_moderator | is_publisher)
