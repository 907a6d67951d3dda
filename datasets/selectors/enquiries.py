"""The queue of enquiries."""

from ..models import Enquiry, EnquiryQuerySet


def queue(user: object, *, state: str = "", kind: str = "") -> EnquiryQuerySet:
    """The enquiries that a person may answer, newest first, with what a line shows.

    Args:
        state: of `EnquiryState`, `all`, or nothing for what waits.
        kind: of `EnquiryKind`, or nothing for both.
    """
    enquiries = Enquiry.objects.visible_to(user).select_related("dataset", "taken_by").defer("answer")
    if not state:
        enquiries = enquiries.waiting()
    elif state != "all":
        enquiries = enquiries.filter(state=state)
    return enquiries.filter(kind=kind) if kind else enquiries
