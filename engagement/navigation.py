"""What this room adds to the navigation of one's account."""

import rules
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.navigation import Links


def links(user: User) -> Links:
    return moderators_links() if rules.has_perm("engagement.moderate", user) else []


def moderators_links() -> Links:
    """The pages of moderators, for who is known to be one."""
    return [
        (_("Moderators’ overview"), "engagement:moderation-dashboard"),
        (_("Moderation queue"), "engagement:moderation-queue"),
        (_("Votes being checked"), "engagement:check-list"),
        (_("Invalidated votes"), "engagement:invalidation-list"),
        (_("Removed trails"), "engagement:trail-list"),
    ]


def own_links(user: User) -> Links:
    """What everybody has of this room."""
    return [(_("What you follow"), "engagement:follow-list")]
