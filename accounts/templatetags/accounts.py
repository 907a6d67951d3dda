"""What the pages of the account area share."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import navigation, notifications
from ..activity import sentence_of
from ..rules import is_administrator, is_portal_staff

register = template.Library()
register.filter("sentence", sentence_of)


@register.filter
def kind_label(key: str) -> str:
    """What news of a kind are about; nothing where no room names the kind any more."""
    return next((str(kind.label) for kind in notifications.kinds() if kind.key == key), "")


OWN = [
    (gettext_lazy("Profile"), "accounts:profile-edit"),
    (gettext_lazy("Sign-in and security"), "accounts:security-detail"),
    (gettext_lazy("Notifications"), "accounts:notification-list"),
    (gettext_lazy("How often we write to you"), "accounts:notification-edit"),
    (gettext_lazy("Roles"), "accounts:membership-list"),
    (gettext_lazy("Activity"), "accounts:own-activity-list"),
    (gettext_lazy("Your data"), "accounts:data-detail"),
]
ADMINISTRATION = [
    (gettext_lazy("Portal roles"), "accounts:appointment-list"),
    (gettext_lazy("Activity log"), "accounts:activity-list"),
    (gettext_lazy("Administration"), "admin:index"),
]
# allauth's pages belong to an entry of the navigation.
SECURITY_PAGES = ("account_", "mfa_", "socialaccount_")


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: str


@register.inclusion_tag("accounts/nav.html", takes_context=True)
def account_nav(context: Context) -> dict[str, Any]:
    """The navigation of one's account, with the entry of the present page marked."""
    request = context["request"]
    match = request.resolver_match
    here = "accounts:security-detail" if match.url_name.startswith(SECURITY_PAGES) else match.view_name
    groups = [(_("Your account"), _entries(OWN, here))]
    groups += [(label, _entries(links, here)) for label, links in navigation.groups(request.user)]
    if is_portal_staff(request.user):
        links = ADMINISTRATION if is_administrator(request.user) else ADMINISTRATION[-1:]
        groups.append((_("The portal"), _entries(links, here)))
    return {"groups": groups, "csrf_token": context["csrf_token"]}


def _entries(links: list[tuple[Any, str]], here: str) -> list[Entry]:
    return [Entry(str(label), reverse(name), "page" if name == here else "") for label, name in links]
