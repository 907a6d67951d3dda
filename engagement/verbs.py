"""How this room's activities read."""

from django.utils.translation import gettext_lazy as _

# Translators: %(actor)s and %(thing)s are names of people.
SENTENCES = {
    "trail.remove": _("%(actor)s removed all that %(thing)s wrote"),
    "trail.restore": _("%(actor)s gave back what %(thing)s wrote"),
    "votes.confirm": _("%(actor)s let votes count that were set aside: “%(thing)s”"),
    "votes.propose_invalidation": _("%(actor)s proposed to invalidate votes: %(thing)s"),
    "votes.invalidate": _("%(actor)s invalidated votes: %(thing)s"),
    "votes.reinstate": _("%(actor)s gave invalidated votes back: %(thing)s"),
}
