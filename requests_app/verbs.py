"""How this room's activities read."""

from django.utils.translation import gettext_lazy as _

# Translators: %(actor)s is the name of a person, %(thing)s the title of a request.
SENTENCES = {
    "requests.submit": _("%(actor)s asked for “%(thing)s”"),
    "requests.approve": _("%(actor)s let the request “%(thing)s” pass"),
    "requests.edit": _("%(actor)s edited the request “%(thing)s” and let it pass"),
    "requests.reject": _("%(actor)s refused the request “%(thing)s”"),
    "requests.hide": _("%(actor)s hid the request “%(thing)s”"),
    "requests.report": _("%(actor)s reported the request “%(thing)s”"),
    "requests.hold": _("Many people reported the request “%(thing)s”: it waits for a moderator"),
    "requests.answer": _("%(actor)s answered the request “%(thing)s”"),
    "requests.assign_department": _("%(actor)s sent the request “%(thing)s” to a department"),
    "requests.assign_owner": _("%(actor)s said who sees to the request “%(thing)s”"),
    "requests.merge": _("%(actor)s merged the request “%(thing)s” into another"),
}
