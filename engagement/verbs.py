"""How this room's activities read."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Translators: %(actor)s and %(thing)s are names of people.
SENTENCES = {
    "trail.remove": _("%(actor)s removed all that %(thing)s wrote"),
    "trail.restore": _("%(actor)s gave back what %(thing)s wrote"),
    "votes.confirm": _("%(actor)s let votes count that were set aside: “%(thing)s”"),
    "votes.propose_invalidation": _("%(actor)s proposed to invalidate votes: %(thing)s"),
    "votes.take_back_proposal": _("%(actor)s took back the proposal to invalidate votes: %(thing)s"),
    "votes.invalidate": _("%(actor)s invalidated votes: %(thing)s"),
    "votes.reinstate": _("%(actor)s gave invalidated votes back: %(thing)s"),
}


def comment_sentences(kind: str) -> dict[str, Any]:
    """How activities about the comments of a board read. `kind`: the key under which moderators meet them."""
    # Translators: %(actor)s is the name of a person, %(thing)s the first words of a comment.
    texts = {
        "submit": _("%(actor)s commented: “%(thing)s”"),
        "revise": _("%(actor)s edited their comment: “%(thing)s”"),
        "delete": _("%(actor)s deleted their comment: “%(thing)s”"),
        "approve": _("%(actor)s let the comment “%(thing)s” pass"),
        "edit": _("%(actor)s edited the comment “%(thing)s” and let it pass"),
        "reject": _("%(actor)s refused the comment “%(thing)s”"),
        "hide": _("%(actor)s hid the comment “%(thing)s”"),
        "report": _("%(actor)s reported the comment “%(thing)s”"),
        "hold": _("Many people reported the comment “%(thing)s”: it waits for a moderator"),
    }
    return {f"{kind}.{verb}": text for verb, text in texts.items()}
