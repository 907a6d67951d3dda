"""What this room adds to the navigation of one's account."""

import rules
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.navigation import Links


def links(user: User) -> Links:
    if not user.organization_roles and not rules.has_perm("requests_app.see_desk", user, None):
        return []
    return [(_("Requests to departments"), "requests:desk-list")]
